import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, vi } from 'vitest'

import { startPostgres } from './startPostgres.ts'

const SCRIPT = fileURLToPath(new URL('startPostgresAndWait.ts', import.meta.url))

describe('startPostgres', () => {
  it('leaves nothing behind when it is stopped', async () => {
    const server = await startPostgres()
    expect(existsSync(server.folder)).toBe(true)
    expect(await answers(server.port)).toBe(true)
    await server.stop()
    expect(existsSync(server.folder)).toBe(false)
    expect(await answers(server.port)).toBe(false)
  })

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('leaves nothing behind after %s', async (signal) => {
    const child = spawn(process.execPath, ['--conditions=@gradvis/source', SCRIPT])
    const { port, folder } = await whereabouts(child)
    expect(await answers(port)).toBe(true)
    child.kill(signal)
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000, interval: 50 })
    expect(await answers(port)).toBe(false)
  })
})

async function whereabouts(child: ChildProcess): Promise<{ port: number; folder: string }> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return JSON.parse(line.toString()) as { port: number; folder: string }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const connected = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return connected
}
