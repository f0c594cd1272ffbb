import type { InWindows, Point, ReaderPosition, RollUpKey } from './ReaderPosition.ts'

/** What a store shows at one moment. */
export type Visible = Readonly<{
  /** Windows of earlier writers are all there; of this one and of later ones more may come. */
  horizon: bigint
  /** The last writer whose windows were rolled up. */
  watermark: bigint
  /** How many roll-ups there have been. */
  rollUps: bigint
}>

/** Where a reader goes on from. At the beginning of everything when it can't go on from where it stood. */
export function resume(
  known: ReaderPosition | undefined,
  visible: Visible,
  sinceMs: number,
): Readonly<{ position: ReaderPosition; restart: boolean }> {
  if (known && isPossible(known, visible) && !hasMissed(known, visible)) return { position: known, restart: false }
  const of = { until: visible.horizon, rollUps: visible.rollUps, sinceMs }
  return { position: { in: 'roll-ups', of }, restart: true }
}

/** A cursor from elsewhere, or from a later state of a database that was restored, may stand in the future. */
function isPossible(position: ReaderPosition, { horizon }: Visible): boolean {
  return (position.of?.until ?? 0n) <= horizon && (position.in === 'roll-ups' || position.after.writer <= horizon)
}

/**
 * Whether windows that were still to come may be in roll-ups that the reader is past. Not when nothing was rolled up
 * since it began; nor when all that ever was is before its place among the windows: it has then read them as windows, or
 * as the roll-ups with which it began.
 */
function hasMissed(position: ReaderPosition, { watermark, rollUps }: Visible): boolean {
  if (position.of?.rollUps === rollUps) return false
  return position.in === 'roll-ups' || watermark >= position.after.writer
}

/** Where a reader stands that was given these roll-ups, of `limit` at most. */
export function afterRollUps(position: ReaderPosition, keys: readonly RollUpKey[], limit: number): ReaderPosition {
  const last = keys.at(-1)
  if (position.in === 'windows') return position
  if (last !== undefined && keys.length === limit) return { ...position, after: last }
  return { in: 'windows', of: position.of, after: { writer: 0n, id: 0n } }
}

/** Where a reader stands that was given these windows, of `limit` at most, and whether there are others already. */
export function afterWindows(
  position: InWindows,
  points: readonly Point[],
  limit: number,
  { horizon }: Visible,
): Readonly<{ position: ReaderPosition; more: boolean }> {
  const last = points.at(-1)
  if (last !== undefined && points.length === limit) return { position: { ...position, after: last }, more: true }
  const { until = horizon } = position.of ?? {}
  return { position: { in: 'windows', after: { writer: until, id: 0n } }, more: until < horizon }
}
