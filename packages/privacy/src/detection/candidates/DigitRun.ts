/** A run of ASCII digits in a folded text; the character before it is no digit, that after it only if the run is long. */
export type DigitRun = Readonly<{
  text: string
  start: number
  end: number
  /** A letter or `_` stands right before it. */
  isGlued: boolean
}>
