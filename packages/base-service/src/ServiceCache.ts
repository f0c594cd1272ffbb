import type { Clock } from '@gradvis/kernel'
import { LRUCache } from 'lru-cache'

import type { CachePolicy } from './policies/OperationPolicy.ts'

type Entry = Readonly<{ value: unknown; tags: readonly string[]; sizeBytes: number }>

const MAX_BYTES = 8 * 1024 * 1024

/** Answers of reads, bounded by time and by bytes (8 MiB, estimated from the answers' JSON). */
export class ServiceCache {
  readonly #entries: LRUCache<string, Entry>

  constructor(clock: Clock) {
    this.#entries = new LRUCache({
      maxSize: MAX_BYTES,
      sizeCalculation: (entry, key) => entry.sizeBytes + 2 * key.length,
      perf: { now: () => clock.monotonicMs() },
      ttlResolution: 0,
    })
  }

  get(key: string): Readonly<{ value: unknown }> | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: unknown, policy: CachePolicy): void {
    const sizeBytes = Math.max(1, 2 * (JSON.stringify(value)?.length ?? 0))
    this.#entries.set(key, { value, tags: policy.tags, sizeBytes }, { ttl: policy.ttlMs })
  }

  /** Throws away every entry that carries one of the tags. */
  invalidate(...tags: readonly string[]): void {
    for (const [key, entry] of this.#entries.entries()) {
      if (entry.tags.some((tag) => tags.includes(tag))) this.#entries.delete(key)
    }
  }

  clear(): void {
    this.#entries.clear()
  }

  get sizeBytes(): number {
    return this.#entries.calculatedSize
  }
}
