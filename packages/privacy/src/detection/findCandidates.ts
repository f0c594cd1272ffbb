import type { Candidate } from './Candidate.ts'
import { findAtColon } from './candidates/findAtColon.ts'
import { findEmail } from './candidates/findEmail.ts'
import { findNumber } from './candidates/findNumber.ts'
import { findAssignedSecret, findBearerToken, findMarkedSecret } from './candidates/findSecret.ts'

/** Looks at one place of a folded text, adds what it finds, and says where to go on: always ahead. */
export type Detector = (text: string, at: number, found: Candidate[]) => number

const DETECTORS: readonly (Detector | undefined)[] = [
  undefined,
  findNumber,
  findEmail,
  findAtColon,
  findAssignedSecret,
  findMarkedSecret,
  findBearerToken,
]

/** Which detector begins at a character. All others are passed over, which is what most of a text is. */
const BEGINNINGS = beginnings({ '0123456789': 1, '@': 2, ':': 3, '=': 4, '_-.K': 5, Bb: 6 })

function beginnings(detectors: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(128)
  for (const [characters, detector] of Object.entries(detectors)) {
    for (const character of characters) table[character.charCodeAt(0)] = detector
  }
  return table
}

/** Everything that begins in `[from, to)`. Returns where the next search begins: `to`, or beyond what was found. */
export function findCandidates(text: string, from: number, to: number, found: Candidate[]): number {
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    const detect = code < 128 ? DETECTORS[BEGINNINGS[code] as number] : undefined
    at = detect === undefined ? at + 1 : detect(text, at, found)
  }
  return at
}
