import type { Candidate } from './Candidate.ts'
import { findAtColon } from './candidates/findAtColon.ts'
import { findEmail } from './candidates/findEmail.ts'
import { findNumber } from './candidates/findNumber.ts'
import { findAssignedSecret, findBearerToken, findMarkedSecret } from './candidates/findSecret.ts'

/** Looks at one place of a folded text, adds what it finds, and says where to go on: always ahead. */
type Detector = (text: string, at: number, found: Candidate[]) => number

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
const BEGINNINGS = beginnings({ '0123456789': 1, '@': 2, ':': 3, '=': 4, '_-.KSz': 5, Bb: 6 })

function beginnings(detectors: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(256)
  for (const [characters, detector] of Object.entries(detectors)) {
    for (const character of characters) table[character.charCodeAt(0)] = detector
  }
  return table
}

/** Holds the low bytes of a text while it is gone through: several times as fast as asking a string for its units. */
const scratch = Buffer.alloc(98_304)

function lowBytes(text: string): Uint8Array {
  if (text.length > scratch.length) return Buffer.from(text, 'latin1')
  scratch.write(text, 'latin1')
  return scratch
}

/** Everything that begins in `[from, to)`. Returns where the next search begins: `to`, or beyond what was found. */
export function findCandidates(text: string, from: number, to: number, found: Candidate[]): number {
  const bytes = lowBytes(text)
  let at = from
  while (at < to) {
    const beginning = BEGINNINGS[bytes[at] as number] as number
    if (beginning === 0 || text.charCodeAt(at) > 127) at++
    else at = (DETECTORS[beginning] as Detector)(text, at, found)
  }
  return at
}
