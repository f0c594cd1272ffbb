import type { AuditRecord } from './AuditTrail.ts'
import type { NewEntry } from './linkEntries.ts'
import type { SubjectPseudonyms } from './SubjectPseudonyms.ts'

/** Details are constants, counts and ids; whatever is longer is none of them. */
const LONGEST_DETAIL = 200

/** What a record becomes in the trail. Subject and actor become pseudonyms here, before anything waits or is written. */
export function newEntry(record: AuditRecord, pseudonyms: SubjectPseudonyms, at: number): NewEntry {
  const { action, service, implementation, outcome, code, details } = record
  return {
    at,
    action,
    service,
    implementation,
    outcome,
    code,
    details: details && plainDetails(details),
    about: { subject: called(record.subject, pseudonyms), actor: called(record.actor, pseudonyms) },
  }
}

// Both readers of a policy see an input that nobody has validated: their types promise more than they keep.
function called(person: unknown, pseudonyms: SubjectPseudonyms): string | undefined {
  return typeof person === 'string' && person !== '' ? pseudonyms.of(person) : undefined
}

function plainDetails(details: Readonly<Record<string, unknown>>): NonNullable<NewEntry['details']> {
  return Object.fromEntries(Object.entries(details).flatMap(([name, value]) => plainDetail(name, value)))
}

function plainDetail(name: string, value: unknown): readonly (readonly [string, string | number | boolean])[] {
  if (typeof value === 'string') return [[name, value.slice(0, LONGEST_DETAIL)]]
  if (typeof value === 'boolean') return [[name, value]]
  if (typeof value === 'number') return [[name, Number.isFinite(value) ? value : String(value)]]
  return []
}
