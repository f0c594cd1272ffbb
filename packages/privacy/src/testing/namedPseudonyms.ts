import type { SubjectPseudonyms } from '../audit/SubjectPseudonyms.ts'

/** Pseudonyms that a test can read: `p-` and the name backwards, and under an older key `old-`. No secrets. */
export const namedPseudonyms: SubjectPseudonyms = {
  of: (subject) => `p-${backwards(subject)}`,
  all: (subject) => [`p-${backwards(subject)}`, `old-${backwards(subject)}`],
}

function backwards(subject: string): string {
  return Array.from(subject).toReversed().join('')
}
