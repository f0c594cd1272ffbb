export type BackoffLimits = Readonly<{ initialBackoffMs: number; maxBackoffMs: number }>

/**
 * How long to wait after failures in a row, of which there is at least one: a uniform share of an exponential ceiling
 * ("Exponential Backoff And Jitter", AWS, 2015). `random` is uniform in [0, 1).
 */
export function fullJitterBackoffMs(
  failures: number,
  { initialBackoffMs, maxBackoffMs }: BackoffLimits,
  random: () => number,
): number {
  return random() * Math.min(maxBackoffMs, initialBackoffMs * 2 ** Math.max(0, failures - 1))
}
