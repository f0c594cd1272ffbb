import { LatencySketch, type ObservationWindow, parseObservationWindow } from '@gradvis/rollout'

import { EVERYBODY } from '../roll-up/EVERYBODY.ts'
import { slotOf } from '../roll-up/slotOf.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { DamagedRows } from './DamagedRows.ts'
import { parseJson } from './parseJson.ts'

export const WINDOW_TABLE = 'observation_window'
export const ROLL_UP_TABLE = 'observation_roll_up'

export type WindowRow = Readonly<{
  instance: string
  service: string
  implementation: string
  startMs: number
  endMs: number
  body: string
}>

export type NewWindowRow = WindowRow & Readonly<{ slotMs: number }>

/** Throws `rollout_store.invalid_window`: what is written can be read, and added up. */
export function windowRow(window: ObservationWindow): NewWindowRow {
  if (!isSound(window) || parseObservationWindow(window) === undefined)
    throw rolloutStoreErrors.create('invalid_window', {})
  const { instance, service, implementation, startMs, endMs } = window
  return { instance, service, implementation, startMs, endMs, body: windowBody(window), slotMs: slotOf(startMs) }
}

/** What has no column of its own. */
export function windowBody(window: ObservationWindow): string {
  const { heldBytes, sampledHeapBytes, externalBytes, findings, process, operations } = window
  return JSON.stringify({ heldBytes, sampledHeapBytes, externalBytes, findings, process, operations })
}

/** What operators find a rolled-up row by. */
export function rollUpName({ service, implementation, startMs }: WindowRow): string {
  return `${service} ${implementation} ${startMs}`
}

/** Those that do not parse are skipped: one of them must not end all judging. */
export function windowsOfRows(
  rows: readonly (WindowRow & Readonly<{ id: unknown }>)[],
  damaged: DamagedRows,
): readonly ObservationWindow[] {
  return readable(rows, WINDOW_TABLE, ({ id }) => String(id), damaged)
}

/** Those that do not parse are skipped. */
export function windowsOfRollUps(rows: readonly WindowRow[], damaged: DamagedRows): readonly ObservationWindow[] {
  return readable(rows, ROLL_UP_TABLE, rollUpName, damaged)
}

function readable<Row extends WindowRow>(
  rows: readonly Row[],
  table: string,
  idOf: (row: Row) => string,
  damaged: DamagedRows,
): readonly ObservationWindow[] {
  return rows.flatMap((row) => {
    const window = storedWindow(row)
    if (window === undefined) damaged.skip(table, idOf(row))
    return window ?? []
  })
}

/** Undefined for a row that does not parse. */
export function storedWindow({ body, ...rest }: WindowRow): ObservationWindow | undefined {
  const parsed = parseJson(body)
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const { instance, service, implementation, startMs, endMs } = rest
  return parseObservationWindow({ ...parsed, instance, service, implementation, startMs, endMs })
}

/** What the schema of a window lets through and a database, or whoever adds windows up, can't take. */
function isSound({ instance, service, startMs, endMs, operations }: ObservationWindow): boolean {
  return (
    instance !== EVERYBODY &&
    Number.isFinite(startMs) &&
    Number.isFinite(endMs) &&
    [instance, service].every((name) => name.isWellFormed() && !name.includes('\0')) &&
    Object.values(operations).every(
      ({ latency }) => latency === undefined || LatencySketch.fromJSON(latency) !== undefined,
    )
  )
}
