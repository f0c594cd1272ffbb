const LONGEST_MS = 3_600_000

/** How long a lease lasts that was asked for: 0 for anything that is no time, an hour for what is longer. */
export function leaseMs(ttlMs: number): number {
  return ttlMs > 0 ? Math.min(ttlMs, LONGEST_MS) : 0
}
