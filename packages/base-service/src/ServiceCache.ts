import { hash, randomBytes } from 'node:crypto'

import type { Clock } from '@gradvis/kernel'
import { LRUCache } from 'lru-cache'

import type { CachePolicy } from './policies/OperationPolicy.ts'

type Entry = Readonly<{ value: unknown; tags: readonly string[]; sizeBytes: number; share: Share | undefined }>

/** The keys of one policy with the bytes of their entries: what it throws away is thrown away. */
type Share = LRUCache<string, number>

const DEFAULT_CACHE_BYTES = 8 * 1024 * 1024

/**
 * Answers of reads, bounded by time and by bytes (estimated from the answers' JSON). Answers are data that
 * `structuredClone` copies: each caller gets a copy, so that none can change another's. Keys are kept as hashes only, so
 * that nobody reads in them whom an answer is about.
 */
export class ServiceCache {
  readonly #entries: LRUCache<string, Entry>
  readonly #shares = new WeakMap<CachePolicy, Share>()
  /** Of this instance alone, so that a key that was seen somewhere can't be guessed by trying inputs. */
  readonly #secret = randomBytes(32).toString('base64')
  #version = 0

  constructor(clock: Clock, maxBytes: number = DEFAULT_CACHE_BYTES) {
    this.#entries = new LRUCache<string, Entry>({
      maxSize: maxBytes,
      sizeCalculation: ({ sizeBytes }) => sizeBytes,
      dispose: ({ share }, key) => share?.delete(key),
      noDisposeOnSet: true,
      perf: { now: () => clock.monotonicMs() },
      ttlResolution: 0,
    })
  }

  /** The key as it is kept. SHA-256 over a secret prefix; an HMAC made anew for each key costs 10 µs instead of 0.4. */
  keyOf(text: string): string {
    return hash('sha256', this.#secret + text, 'base64')
  }

  get(text: string): Readonly<{ value: unknown }> | undefined {
    const key = this.keyOf(text)
    const entry = this.#entries.get(key)
    entry?.share?.get(key)
    return entry && { value: structuredClone(entry.value) }
  }

  set(text: string, value: unknown, policy: CachePolicy): void {
    const key = this.keyOf(text)
    const sizeBytes = 2 * (key.length + (JSON.stringify(value)?.length ?? 0))
    // To lru-cache, a time of 0 is for ever.
    const isKept = policy.ttlMs > 0 && sizeBytes <= (policy.maxBytes ?? Infinity)
    if (!isKept) return void this.#entries.delete(key)
    const share = this.#shareOf(policy)
    const entry = { value: structuredClone(value), tags: policy.tags, sizeBytes, share }
    this.#entries.set(key, entry, { ttl: policy.ttlMs })
    // After the entry: to make room for it, the share throws others away.
    if (this.#entries.has(key)) share?.set(key, sizeBytes)
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

  /** Of what is still good. What is too old is thrown away here: nobody may ask for it again, and it is no leak. */
  get sizeBytes(): number {
    this.#entries.purgeStale()
    return this.#entries.calculatedSize
  }

  #shareOf(policy: CachePolicy): Share | undefined {
    if (policy.maxBytes === undefined) return undefined
    const existing = this.#shares.get(policy)
    if (existing) return existing
    const share: Share = new LRUCache<string, number>({
      maxSize: policy.maxBytes,
      sizeCalculation: (sizeBytes) => sizeBytes,
      dispose: (_size, key, reason) => {
        if (reason === 'evict') this.#entries.delete(key)
      },
    })
    this.#shares.set(policy, share)
    return share
  }
}
