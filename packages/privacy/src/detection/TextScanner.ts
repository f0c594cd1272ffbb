import type { Candidate } from './Candidate.ts'
import type { TextFinding } from './Finding.ts'
import { findCandidates } from './findCandidates.ts'
import { LOOK_AHEAD, LOOK_BEHIND } from './reach.ts'
import { OverlapResolver } from './OverlapResolver.ts'
import { TextFolder } from './TextFolder.ts'

/** Characters that are worth a round: a text that comes one by one must not be copied once for each. */
const BATCH = 16_384
const PIECE = 65_536

/**
 * Finds personal data in a text that comes in pieces. Offsets count from the beginning of the first piece, and the
 * findings are the same however the text is cut. Holds back at most 24,576 characters until it has seen what follows them,
 * and invisible characters between those.
 */
export class TextScanner {
  readonly #folder = new TextFolder()
  /** What is read of the text: from `#start` on, which is `LOOK_BEHIND` before `#next`. */
  #text = ''
  #start = 0
  #next = 0
  readonly #overlaps = new OverlapResolver()

  /** What is certain by now, in order, after what earlier calls gave. */
  push(chunk: string): readonly TextFinding[] {
    const findings: TextFinding[] = []
    for (let from = 0; from < chunk.length; from += PIECE) {
      this.#text += this.#folder.fold(chunk.length <= PIECE ? chunk : chunk.slice(from, from + PIECE))
      if (this.#start + this.#text.length - this.#next >= LOOK_AHEAD + BATCH) {
        for (const finding of this.#advance(this.#text.length - LOOK_AHEAD)) findings.push(finding)
      }
    }
    return findings
  }

  /** What was held back: the text ends here, and the scanner is done. */
  end(): readonly TextFinding[] {
    this.#text += this.#folder.end()
    return this.#advance(this.#text.length, Number.POSITIVE_INFINITY)
  }

  #advance(to: number, settledBefore?: number): readonly TextFinding[] {
    const found: Candidate[] = []
    const next = findCandidates(this.#text, this.#next - this.#start, to, found)
    this.#next = this.#start + next
    const moved = found.map((candidate) => movedBy(this.#start, candidate))
    const kept = this.#overlaps.resolve(moved, settledBefore ?? this.#next - LOOK_BEHIND)
    const cut = Math.max(0, next - LOOK_BEHIND)
    this.#text = this.#text.slice(cut)
    this.#start += cut
    const findings = kept.map((candidate) => this.#folder.original(candidate))
    this.#folder.forget(this.#start - LOOK_BEHIND)
    return findings
  }
}

function movedBy(distance: number, candidate: Candidate): Candidate {
  return { ...candidate, start: candidate.start + distance, end: candidate.end + distance }
}
