import type { Clock } from '@gradvis/kernel'

import { linkEntries, type NewEntry } from './linkEntries.ts'
import type { RecordLog } from './RecordLog.ts'
import { formatRanges, rangesOf } from './sequenceRanges.ts'
import type { SubjectPseudonyms } from './SubjectPseudonyms.ts'

export const ERASED_ACTION = 'audit.erased'

/** What was erased: how many entries, and which, as `3-7,9`. */
export type Erasure = Readonly<{ entries: number; sequences: string }>

type Trail = Readonly<{ log: Readable; pseudonyms: SubjectPseudonyms; clock: Clock; key: Uint8Array | undefined }>
type Readable = Pick<RecordLog, 'append' | 'read'>
type By = Readonly<{ actor?: string; signal?: AbortSignal }>

const PAGE = 1000
/** Keeps an entry readable where those of a subject lie scattered. */
const RANGES_PER_ENTRY = 500

export async function eraseSubject(trail: Trail, subject: string, { actor, signal }: By): Promise<Erasure> {
  const { log, pseudonyms, clock, key } = trail
  const sequences = await sequencesAbout(log, pseudonyms.all(subject), signal)
  if (sequences.length === 0) return { entries: 0, sequences: '' }
  const ranges = rangesOf(sequences)
  // Whoever erases themselves would be named by the very entry that says so.
  const about = actor === undefined || actor === subject ? {} : { actor: pseudonyms.of(actor) }
  const entries: NewEntry[] = []
  for (let start = 0; start < ranges.length; start += RANGES_PER_ENTRY) {
    const details = { sequences: formatRanges(ranges.slice(start, start + RANGES_PER_ENTRY)) }
    entries.push({ at: clock.now(), action: ERASED_ACTION, service: 'audit', outcome: 'ok', details, about })
  }
  await log.append((head) => ({ rows: linkEntries(entries, head, key), forget: sequences }))
  return { entries: sequences.length, sequences: formatRanges(ranges) }
}

/** All of the log: pseudonyms are not indexed, because an index would be one more place to forget them in. */
async function sequencesAbout(
  log: Readable,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const found: number[] = []
  // As a whole value of the personal part, also of one that is damaged otherwise.
  const values = names.map((name) => JSON.stringify(name))
  for (let page = await log.read(0, PAGE, signal); page.length > 0;) {
    for (const { sequence, personal } of page)
      if (personal !== null && values.some((value) => personal.includes(value))) found.push(sequence)
    page = await log.read(page.at(-1)?.sequence ?? 0, PAGE, signal)
  }
  return found
}
