import { parseExportLine } from './exportedEntry.ts'
import type { TrailReport } from './TrailReport.ts'
import { EMPTY_HEAD, TrailVerifier, type VerifyOptions } from './TrailVerifier.ts'

/**
 * Whether the lines of an export are a trail, or a part of one, from which nothing was removed and in which nothing was
 * changed or moved. They are all that is known: only a checkpoint tells whether others followed them, and only `first` in
 * the report whether others went before. Blank lines are passed over. Rejects with `audit.invalid_line`.
 */
export async function verifyExport(
  lines: Iterable<string> | AsyncIterable<string>,
  options: VerifyOptions = {},
): Promise<TrailReport> {
  let verifier: TrailVerifier | undefined
  let line = 0
  for await (const text of lines) {
    line++
    if (text.trim() === '') continue
    const { row, previous } = parseExportLine(text, line)
    const after = row.sequence > 1 ? { sequence: row.sequence - 1, hash: previous } : EMPTY_HEAD
    verifier ??= new TrailVerifier(options, after)
    verifier.add(row)
  }
  return (verifier ?? new TrailVerifier(options)).end()
}
