import type { PersonalDataKind } from './PersonalDataKind.ts'

/**
 * What a field is known to hold, so that nothing needs to be guessed: a kind of personal data, a `subject` (who it is
 * about: becomes a pseudonym), or `technical` (looks like personal data at times and never is: an address of a
 * server, an id that was drawn at random).
 */
export type FieldClass = PersonalDataKind | 'subject' | 'technical'

/** By dotted path, `*` stands for any key or index: `{ subject: 'subject', 'endpoints.*.host': 'technical' }`. */
export type Classification = Readonly<Record<string, FieldClass>>
