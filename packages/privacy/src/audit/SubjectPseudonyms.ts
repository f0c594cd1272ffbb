import type { Pseudonyms } from '../pseudonyms/createPseudonyms.ts'

/** What the trail calls people by, and under which pseudonyms it looks for them. */
export type SubjectPseudonyms = Pick<Pseudonyms, 'of' | 'all'>
