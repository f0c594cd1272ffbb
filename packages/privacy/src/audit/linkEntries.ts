import { randomBytes } from 'node:crypto'

import type { AuditEntry, PersonalPart } from './AuditEntry.ts'
import { canonicalJson } from './canonicalJson.ts'
import { type ChainedBy, chainedBy, commitmentTo, linkHash } from './chainHash.ts'
import type { RecordHead, RecordRow } from './RecordLog.ts'

/** An entry that has no place in a chain yet. */
export type NewEntry = Omit<AuditEntry, keyof ChainedBy | 'sequence' | 'commitment'> &
  Readonly<{ about: Readonly<Omit<PersonalPart, 'salt'>> }>

const SALT_BYTES = 32

/** The rows that follow a head, linked to it and to one another. */
export function linkEntries(
  entries: readonly NewEntry[],
  head: RecordHead,
  key: Uint8Array | undefined,
): readonly RecordRow[] {
  const chained = chainedBy(key)
  let { sequence, hash } = head
  return entries.map(({ about, ...entry }) => {
    const personal = personalText(about)
    const commitment = personal === null ? undefined : commitmentTo(personal)
    const body = canonicalJson({ ...entry, ...chained, sequence: ++sequence, commitment })
    hash = linkHash(hash, body, key)
    return { sequence, body, hash, personal }
  })
}

function personalText(about: NewEntry['about']): string | null {
  if (about.subject === undefined && about.actor === undefined) return null
  return canonicalJson({ ...about, salt: randomBytes(SALT_BYTES).toString('base64url') })
}
