import type { RecordingSink } from '../media/recording/RecordingSink.ts'

type Method = keyof RecordingSink

/** A sink that keeps bytes, tells what was called, and fails or waits where it is told to. */
export class MemoryRecordingSink implements RecordingSink {
  readonly calls: string[] = []
  readonly failing = new Set<Method>()
  /** What each call waits for, before it does anything. */
  readonly gates = new Map<Method, Promise<void>>()
  bytes: number[] = []

  async write(chunk: Uint8Array): Promise<void> {
    await this.#call('write')
    this.bytes.push(...chunk)
  }

  async truncate(sizeBytes: number): Promise<void> {
    await this.#call('truncate', ` ${sizeBytes}`)
    this.bytes = this.bytes.slice(0, sizeBytes)
  }

  async close(): Promise<void> {
    await this.#call('close')
  }

  async discard(): Promise<void> {
    await this.#call('discard')
    this.bytes = []
  }

  async #call(method: Method, argument = ''): Promise<void> {
    this.calls.push(method + argument)
    await this.gates.get(method)
    if (this.failing.has(method)) throw new Error(`${method} of the sink failed`)
  }
}
