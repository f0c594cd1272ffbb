import type { WindowCursor } from '@gradvis/rollout'

/**
 * Windows are read in the order of their writers (transactions in PostgreSQL; in SQLite each window counts as one of its
 * own), then of their ids. This is the last one that was read, or any before the next one.
 */
export type Point = Readonly<{ writer: bigint; id: bigint }>

/** Everything, for a reader that begins anew: roll-ups and then windows, page by page. */
type Restart = Readonly<{
  /** Windows of this writer and of later ones were written since: they are given afterwards, whatever `sinceMs`. */
  until: bigint
  /** How many roll-ups there had been. */
  rollUps: bigint
  sinceMs: number
}>

export type RollUpKey = Readonly<{ slotMs: number; service: string; implementation: string }>

export type InRollUps = Readonly<{ in: 'roll-ups'; of: Restart; after?: RollUpKey }>
export type InWindows = Readonly<{ in: 'windows'; of?: Restart; after: Point }>
export type ReaderPosition = InRollUps | InWindows

export function cursorAt(kind: string, position: ReaderPosition): WindowCursor {
  const { of } = position
  const restart = of ? [of.until, of.rollUps, of.sinceMs] : []
  return [kind, ...placeOf(position), ...restart, ...keyOf(position)].join(':') as WindowCursor
}

function placeOf(position: ReaderPosition): readonly unknown[] {
  return position.in === 'windows' ? [position.after.writer, position.after.id] : ['roll-ups']
}

/** The service comes last: nobody says that its name has no colon. */
function keyOf(position: ReaderPosition): readonly unknown[] {
  if (position.in === 'windows' || position.after === undefined) return []
  const { slotMs, implementation, service } = position.after
  return [slotMs, implementation, service]
}

const RESTART = String.raw`(?<until>\d{1,20}):(?<rollUps>\d{1,18}):(?<sinceMs>[^:]+)`
const IN_WINDOWS = new RegExp(String.raw`^(?<writer>\d{1,20}):(?<id>\d{1,18})(:${RESTART})?$`)
const IN_ROLL_UPS = new RegExp(
  String.raw`^roll-ups:${RESTART}:(?<slotMs>[^:]+):(?<implementation>[^:]+):(?<service>.+)$`,
  's',
)

/** Undefined for no cursor, and for one of another kind of store. */
export function positionAt(kind: string, cursor: WindowCursor | undefined): ReaderPosition | undefined {
  if (!cursor?.startsWith(`${kind}:`)) return undefined
  const rest = cursor.slice(kind.length + 1)
  const windows = IN_WINDOWS.exec(rest)?.groups
  if (windows) {
    const { writer = '', id = '' } = windows
    const of = windows['until'] === undefined ? {} : { of: restartOf(windows) }
    return { in: 'windows', ...of, after: { writer: BigInt(writer), id: BigInt(id) } }
  }
  const rollUps = IN_ROLL_UPS.exec(rest)?.groups
  if (!rollUps) return undefined
  const { slotMs, implementation = '', service = '' } = rollUps
  return { in: 'roll-ups', of: restartOf(rollUps), after: { slotMs: Number(slotMs), service, implementation } }
}

function restartOf({ until = '', rollUps = '', sinceMs }: Readonly<Record<string, string>>): Restart {
  return { until: BigInt(until), rollUps: BigInt(rollUps), sinceMs: Number(sinceMs) }
}
