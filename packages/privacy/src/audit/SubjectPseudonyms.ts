/** What the trail calls people by. */
export interface SubjectPseudonyms {
  /** Under the key that is used now. */
  of(subject: string): string
  /** Under every key that is known: what the subject may be called in older entries. */
  all(subject: string): readonly string[]
}
