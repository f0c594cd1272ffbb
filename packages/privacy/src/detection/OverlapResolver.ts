import type { Candidate } from './Candidate.ts'
import type { PersonalDataKind } from './PersonalDataKind.ts'

/** Which of two equally long ones it is: what has a checksum before what has only a form. */
const CERTAINTY = {
  secret: 0,
  personnummer: 1,
  samordningsnummer: 1,
  organisationsnummer: 1,
  iban: 2,
  'payment-card': 3,
  email: 4,
  'street-address': 5,
  phone: 6,
  ipv6: 7,
  ipv4: 8,
  bankgiro: 9,
  plusgiro: 10,
  name: 11,
} as const satisfies Record<PersonalDataKind, number>

/** Of candidates that overlap, the longest remains, and of equally long ones the most certain. */
export class OverlapResolver {
  #waiting: readonly Candidate[] = []
  #last: Candidate | undefined

  /** What remains, in order of start. `horizon`: no candidate that starts before it is still to come. */
  resolve(found: readonly Candidate[], horizon: number): readonly Candidate[] {
    const kept: Candidate[] = []
    const all = [...this.#waiting, ...found].toSorted((a, b) => a.start - b.start)
    const waiting = all.findIndex(({ start }) => start >= horizon)
    const ready = waiting < 0 ? all.length : waiting
    for (let index = 0; index < ready; index++) this.#meet(all[index] as Candidate, kept)
    this.#waiting = all.slice(ready)
    if (this.#last !== undefined && this.#last.end <= horizon) {
      kept.push(this.#last)
      this.#last = undefined
    }
    return kept
  }

  #meet(candidate: Candidate, kept: Candidate[]): void {
    const last = this.#last
    if (last === undefined) this.#last = candidate
    else if (last.end <= candidate.start) {
      kept.push(last)
      this.#last = candidate
    } else if (isBetter(candidate, last)) this.#last = candidate
  }
}

function isBetter(a: Candidate, b: Candidate): boolean {
  const difference = a.end - a.start - (b.end - b.start)
  return difference === 0 ? CERTAINTY[a.kind] < CERTAINTY[b.kind] : difference > 0
}
