import type { PersonalDataKind } from './PersonalDataKind.ts'

/** Where something was found in a text: UTF-16 offsets into the text as it was given, half-open. Never what was found. */
export type TextFinding = Readonly<{ kind: PersonalDataKind; start: number; end: number }>

/** Where something was found in a value: `participants.0.email`; '' is the value itself. Keys that are data are `*`. */
export type ValueFinding = Readonly<{ kind: PersonalDataKind; path: string }>
