import { auditErrors } from './auditErrors.ts'
import { canonicalJson, type JsonValue } from './canonicalJson.ts'
import type { RecordRow } from './RecordLog.ts'

/** A row with the hash of the one before it, so that a part of a trail can be verified too. */
export type ExportedRow = Readonly<{ row: RecordRow; previous: string }>

/**
 * An entry as an export shows it, one line of JSON each: its public part as it is, and beside it `hash`, `previous` (the
 * hash of the entry before) and, where it has one, `personal`. Lines may be formatted anew, or their keys be put in another
 * order, and hold still.
 */
export function exportedEntry({ row, previous }: ExportedRow): Readonly<Record<string, JsonValue>> {
  const entry = parse(row.body)
  // What somebody has damaged is exported, too: the export is evidence.
  const shown = isObject(entry) ? entry : { sequence: row.sequence, damaged: row.body }
  const personal = row.personal === null ? undefined : (parse(row.personal) ?? row.personal)
  return { ...shown, personal, previous, hash: row.hash }
}

/** The row that a line was made of. Throws `audit.invalid_line`. */
export function parseExportLine(text: string, line: number): ExportedRow {
  const value = parse(text)
  if (!isObject(value)) throw auditErrors.create('invalid_line', { line })
  const { hash, previous, personal, ...entry } = value
  const { sequence } = entry
  if (typeof sequence !== 'number' || typeof hash !== 'string' || typeof previous !== 'string')
    throw auditErrors.create('invalid_line', { line })
  return {
    row: { sequence, body: canonicalJson(entry), hash, personal: personal ? canonicalJson(personal) : null },
    previous,
  }
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function isObject(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
