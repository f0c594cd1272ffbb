import { SLOT_MS } from './slotOf.ts'

const ROLL_UP_AFTER_MS = 900_000
const RETENTION_MS = 30 * 86_400_000

/** Ten minutes are rolled up once all of them ended over 15 minutes ago: late windows of a slot are then rare. */
export type RollUpLimits = Readonly<{
  /** The last slot to roll up. */
  lastSlotMs: number
  /** Windows that end later are left alone. */
  lastEndMs: number
  /** Roll-ups that end before this are deleted. */
  retainedFromMs: number
}>

export function rollUpLimits(now: number): RollUpLimits {
  const lastEndMs = now - ROLL_UP_AFTER_MS
  return { lastSlotMs: lastEndMs - SLOT_MS, lastEndMs, retainedFromMs: now - RETENTION_MS }
}
