import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('appendForEver.ts', import.meta.url))

/** Another process that appends pairs of events. */
export class AppendingProcess {
  /** How many pairs it says were acknowledged. */
  acknowledged = 0
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown>
  #errors = ''

  constructor(location: string, actor: string, pairs?: number) {
    const args = [location, actor, ...(pairs === undefined ? [] : [String(pairs)])]
    this.#child = spawn(process.execPath, ['--conditions=@gradvis/source', SCRIPT, ...args])
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
