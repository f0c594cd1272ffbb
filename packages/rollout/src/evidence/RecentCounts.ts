/** Slots per span: how finely "at every tick of five minutes" is looked at. Ten seconds of five minutes. */
export const SLOTS_PER_SPAN = 30
/** Eight spans: two are needed, the rest is room for instances whose clocks are ahead. */
const KEPT_SLOTS = 8 * SLOTS_PER_SPAN

export type Slot = Readonly<{ operations: number; faults: number }>

/**
 * Operations and faults by slot of time, added up over instances. Slot i holds the windows that ended after (i - 1) and
 * at or before i times `slotMs`, counted from the epoch. Never changed once made.
 */
export type RecentCounts = Readonly<{ slotMs: number; slots: ReadonlyMap<number, Slot> }>

export function emptyRecentCounts(spanMs: number): RecentCounts {
  return { slotMs: spanMs / SLOTS_PER_SPAN, slots: new Map() }
}

export function slotOf(endMs: number, { slotMs }: Pick<RecentCounts, 'slotMs'>): number {
  return Math.ceil(endMs / slotMs)
}

/** With these slots added; the newest are kept. */
export function addRecent(recent: RecentCounts, more: ReadonlyMap<number, Slot>): RecentCounts {
  const slots = new Map(recent.slots)
  for (const [index, { operations, faults }] of more) {
    const before = slots.get(index)
    slots.set(index, { operations: operations + (before?.operations ?? 0), faults: faults + (before?.faults ?? 0) })
  }
  const superfluous = [...slots.keys()].sort((one, other) => one - other).slice(0, -KEPT_SLOTS)
  for (const index of superfluous) slots.delete(index)
  return { ...recent, slots }
}

/** All that is in the slots after the first index, up to and including the second. */
export function countsBetween({ slots }: RecentCounts, after: number, upTo: number): Slot {
  let [operations, faults] = [0, 0]
  for (const [index, slot] of slots) {
    if (index <= after || index > upTo) continue
    operations += slot.operations
    faults += slot.faults
  }
  return { operations, faults }
}
