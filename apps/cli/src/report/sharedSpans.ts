import type { PercentageChange } from './percentageChanges.ts'

/** Times in epoch milliseconds. */
export type Span = Readonly<{ fromMs: number; toMs: number }>

/**
 * When both sides of a service served subjects: only then are their response times those of the same time of day and
 * load. At 100 % legacy serves nobody, or those few without a subject.
 */
export function sharedSpans(changes: readonly PercentageChange[], now: number): readonly Span[] {
  return changes.flatMap(({ at, percentageBps }, index) =>
    percentageBps > 0 && percentageBps < 10_000 ? [{ fromMs: at, toMs: changes[index + 1]?.at ?? now }] : [],
  )
}
