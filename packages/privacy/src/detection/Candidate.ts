import type { PersonalDataKind } from './PersonalDataKind.ts'

/** Something that was found, at offsets into a folded text. */
export type Candidate = Readonly<{ kind: PersonalDataKind; start: number; end: number; mistakable?: true }>
