import type { StoredEvent } from '@gradvis/rollout'

/** Times in epoch milliseconds. */
export type Span = Readonly<{ fromMs: number; toMs: number }>

/**
 * When both sides of a service served subjects: only then are their response times those of the same time of day and
 * load. At 100 % legacy serves nobody, or those few without a subject.
 */
export function sharedSpans(service: string, events: readonly StoredEvent[], now: number): readonly Span[] {
  const spans: Span[] = []
  let fromMs: number | undefined
  for (const { event, at } of events) {
    if (!('service' in event) || event.service !== service) continue
    const percentageBps = 'percentageBps' in event ? event.percentageBps : event.type === 'rolled_back' ? 0 : undefined
    if (percentageBps === undefined) continue
    if (fromMs !== undefined) spans.push({ fromMs, toMs: at })
    fromMs = percentageBps > 0 && percentageBps < 10_000 ? at : undefined
  }
  return fromMs === undefined ? spans : [...spans, { fromMs, toMs: now }]
}
