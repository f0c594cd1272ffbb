import { type RecentCounts, type Slot, SLOTS_PER_SPAN } from '../../evidence/RecentCounts.ts'

export type UnbrokenBreach = Readonly<{
  /** Of the trailing span at `now`. */
  trailing: Slot
  /** How many slots up to now the rate of the trailing span has been above the threshold without a break; a span at most. */
  slots: number
  /** At every tick of a whole span. */
  whole: boolean
}>

/**
 * For how long the rate over the trailing span has been above the threshold, tick by tick, up to the slot `now`. A
 * trailing span without operations breaks it: no data is no breach. So does the beginning of the phase, before which there
 * is nothing.
 */
export function unbrokenBreach(
  { slots }: RecentCounts,
  { threshold, now }: Readonly<{ threshold: number; now: number }>,
): UnbrokenBreach {
  let tick = spanUpTo(slots, now)
  const trailing = tick
  for (let back = 0; ; back++) {
    const isAbove = tick.faults > threshold * tick.operations
    if (!isAbove) return { trailing, slots: Math.max(0, back - 1), whole: false }
    if (back === SLOTS_PER_SPAN) return { trailing, slots: back, whole: true }
    tick = shifted(tick, slots.get(now - back), slots.get(now - back - SLOTS_PER_SPAN))
  }
}

function spanUpTo(slots: RecentCounts['slots'], last: number): Slot {
  let [operations, faults] = [0, 0]
  for (let index = last; index > last - SLOTS_PER_SPAN; index--) {
    const slot = slots.get(index)
    operations += slot?.operations ?? 0
    faults += slot?.faults ?? 0
  }
  return { operations, faults }
}

function shifted(span: Slot, leaving: Slot | undefined, entering: Slot | undefined): Slot {
  return {
    operations: span.operations - (leaving?.operations ?? 0) + (entering?.operations ?? 0),
    faults: span.faults - (leaving?.faults ?? 0) + (entering?.faults ?? 0),
  }
}
