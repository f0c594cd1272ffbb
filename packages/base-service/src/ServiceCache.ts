import type { Clock } from '@gradvis/kernel'
import { LRUCache } from 'lru-cache'

import type { CachePolicy } from './policies/OperationPolicy.ts'

type Entry = Readonly<{ value: unknown; tags: readonly string[]; sizeBytes: number }>

const MAX_BYTES = 8 * 1024 * 1024

/**
 * Answers of reads, bounded by time and by bytes (8 MiB, estimated from the answers' JSON). Answers are data that
 * `structuredClone` copies: each caller gets a copy, so that none can change another's.
 */
export class ServiceCache {
  readonly #entries: LRUCache<string, Entry>
  #version = 0

  constructor(clock: Clock) {
    this.#entries = new LRUCache({
      maxSize: MAX_BYTES,
      sizeCalculation: (entry, key) => entry.sizeBytes + 2 * key.length,
      perf: { now: () => clock.monotonicMs() },
      ttlResolution: 0,
    })
  }

  get(key: string): Readonly<{ value: unknown }> | undefined {
    const entry = this.#entries.get(key)
    return entry && { value: structuredClone(entry.value) }
  }

  set(key: string, value: unknown, policy: CachePolicy): void {
    const sizeBytes = Math.max(1, 2 * (JSON.stringify(value)?.length ?? 0))
    const entry = { value: structuredClone(value), tags: policy.tags, sizeBytes }
    this.#entries.set(key, entry, { ttl: policy.ttlMs })
  }

  /** Changes with every invalidation: an answer that was begun under another version may be stale. */
  get version(): number {
    return this.#version
  }

  /** Throws away every entry that carries one of the tags. Call it after the change, not before. */
  invalidate(...tags: readonly string[]): void {
    this.#version += 1
    for (const [key, entry] of this.#entries.entries()) {
      if (entry.tags.some((tag) => tags.includes(tag))) this.#entries.delete(key)
    }
  }

  clear(): void {
    this.#version += 1
    this.#entries.clear()
  }

  get sizeBytes(): number {
    return this.#entries.calculatedSize
  }
}
