import type { PersonalDataKind } from './PersonalDataKind.ts'

/** Where something was found in a text: UTF-16 offsets into the text as it was given, half-open. Never what was found. */
export type TextFinding = Readonly<{ kind: PersonalDataKind; start: number; end: number }> & Mistakable

/** Where something was found in a value: `participants.0.email`; '' is the value itself. Keys that are data are `*`. */
export type ValueFinding = Readonly<{ kind: PersonalDataKind; path: string }> & Mistakable

/**
 * It is written as other things are too: a time stamp `20250116-0930`, a plain number of ten digits. It is taken out all the
 * same, and proves nothing by itself.
 */
export type Mistakable = Readonly<{ mistakable?: true }>
