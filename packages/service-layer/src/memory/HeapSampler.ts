import type { Disposer, Logger } from '@gradvis/kernel'
import { COARSEST_SAMPLING_BYTES, type HeldBytes } from '@gradvis/rollout'

import { isFolderOf } from './heapOwnerOf.ts'
import { heapSampling, type HeapSampling } from './HeapSampling.ts'

export type MemoryOptions = Readonly<{
  /**
   * Samples the JavaScript heap from `start()` on, and attributes it to services and sides by call stack. Default false:
   * each reading collects all garbage, which stops the process for about 0.4 ms per MB of heap; readings take at most a
   * thousandth of the time.
   */
  sample?: boolean
  /**
   * Bytes per sample: finer is more exact and costs more, 2 % of the CPU of code that only allocates at the default of
   * 131,072, which is also the coarsest, and 38 % at 4,096, the finest. Anything else is taken as the nearer of these.
   */
  intervalBytes?: number
}>

const FINEST_SAMPLING_BYTES = 4096

export type HeapSamplerParts = Readonly<{
  /** Names of contracts. The code of `BackupService` is looked for in `backup-service`. */
  services: readonly string[]
  logger: Logger
  intervalBytes?: number | undefined
  /** Default: this thread's. */
  sampling?: HeapSampling
}>

/**
 * Live JavaScript heap by service and side, by whose code has allocated it. Not in it: what lies outside the heap (the
 * contents of buffers), what was allocated before the start, and what no call of one side of a service leads to: shared
 * code, and a library's own callbacks.
 */
export class HeapSampler {
  readonly #parts: HeapSamplerParts
  readonly #seen = new Map<string, HeldBytes>()
  #use: Disposer | undefined

  constructor(parts: HeapSamplerParts) {
    this.#parts = parts
  }

  /** Idempotent. Where something else samples already, it says so in the log and every reading is empty. */
  start(): void {
    if (this.#use) return
    const { logger, sampling = heapSampling, intervalBytes = COARSEST_SAMPLING_BYTES } = this.#parts
    this.#use = sampling.use(Math.min(COARSEST_SAMPLING_BYTES, Math.max(FINEST_SAMPLING_BYTES, intervalBytes)))
    if (!this.#use) logger.warn('the heap is not sampled: something else in this process samples it already')
  }

  /** Idempotent. Leaves nothing behind. */
  stop(): void {
    this.#use?.()
    this.#use = undefined
    this.#seen.clear()
  }

  /**
   * Every side that has ever had something, with what it has now, 0 included; nothing while it is not known. Two layers
   * in one thread are told the same: code does not say which of them has called it.
   */
  read(): readonly HeldBytes[] {
    const { services, sampling = heapSampling } = this.#parts
    const attribution = this.#use && sampling.read()
    if (attribution === undefined) return []
    for (const [key, side] of this.#seen) this.#seen.set(key, { ...side, bytes: 0 })
    for (const { folder, implementation, bytes } of attribution.owned) {
      const service = services.find((name) => isFolderOf(folder, name))
      if (service !== undefined) this.#seen.set(`${service} ${implementation}`, { service, implementation, bytes })
    }
    return [...this.#seen.values()]
  }
}
