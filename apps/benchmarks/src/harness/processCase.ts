import { spawn } from 'node:child_process'

import type { AsyncCase } from './Case.ts'

export type ProcessRun = Readonly<{ exitCode: number | null; stdout: string; stderr: string }>

/** Runs a program to its end, its output kept. Rejects only when it cannot be started. */
export function runProcess(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<ProcessRun> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, ...output }))
  })
}

/** A case whose operation is a whole process, from start to exit. `check` throws on a wrong answer. */
export function processCase(
  name: string,
  command: string,
  args: readonly string[],
  check: (run: ProcessRun) => void,
): AsyncCase {
  const run = () => runProcess(command, args)
  return { name, kind: 'async', run, verify: async () => check(await run()) }
}
