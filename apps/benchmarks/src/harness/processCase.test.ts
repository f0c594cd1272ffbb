import { describe, expect, it } from 'vitest'

import { processCase, runProcess } from './processCase.ts'

const PRINT = ['-e', 'console.log("seven"); console.error("eight"); process.exitCode = 3']

describe('a process', () => {
  it('is run to its end with its output and exit code', async () => {
    expect(await runProcess(process.execPath, PRINT)).toEqual({ exitCode: 3, stdout: 'seven\n', stderr: 'eight\n' })
  })

  it('that cannot be started is an error', async () => {
    await expect(runProcess('no-such-program', [])).rejects.toThrow('ENOENT')
  })
})

describe('a case that is a whole process', () => {
  it('is verified by what it prints', async () => {
    const expecting = (text: string) =>
      processCase('print', process.execPath, PRINT, ({ stdout }) => {
        expect(stdout).toContain(text)
      })
    await expect(expecting('seven').verify()).resolves.toBeUndefined()
    await expect(expecting('nine').verify()).rejects.toThrow('nine')
  })
})
