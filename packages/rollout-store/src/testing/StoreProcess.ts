import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Another process that uses a store, and prints how often it was acknowledged what it does. */
export class StoreProcess {
  /** What it printed last. */
  acknowledged = 0
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown>
  #errors = ''

  constructor(script: 'appendForEver' | 'leadForEver', ...args: readonly (string | number)[]) {
    const path = fileURLToPath(new URL(`${script}.ts`, import.meta.url))
    this.#child = spawn(process.execPath, ['--conditions=@gradvis/source', path, ...args.map(String)])
    this.#closed = once(this.#child, 'close')
    this.#child.stderr?.on('data', (chunk) => (this.#errors += String(chunk)))
    if (this.#child.stdout) createInterface(this.#child.stdout).on('line', (line) => (this.acknowledged = Number(line)))
  }

  /** Rejects, with what it printed, when it failed. */
  async end(): Promise<void> {
    await this.#closed
    if (this.#child.exitCode !== 0) throw new Error(this.#errors)
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#closed
  }
}
