/** How much time a rolled-up window covers. */
export const SLOT_MS = 600_000

/** The start of the ten minutes that a time falls into. */
export function slotOf(timeMs: number): number {
  return Math.floor(timeMs / SLOT_MS) * SLOT_MS
}
