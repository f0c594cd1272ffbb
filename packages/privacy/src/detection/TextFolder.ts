import type { Candidate } from './Candidate.ts'
import type { TextFinding } from './Finding.ts'
import { DROPPED, foldCode, foldCodePoint, SURROGATE } from './foldCode.ts'
import { OffsetMap } from './OffsetMap.ts'

/** What is read as it stands, in the texts that are most common: such a text needs no copy. */
const FOLDED_ALREADY = /^[\t\n\r\x20-\x7e\xa1-\xac\xae-\u02ff\u2016-\u2027\u20ac]*$/

/**
 * Reads a text so that what looks alike is alike: digits of all scripts and widths are ASCII's, all spaces are one, all
 * dashes are hyphens, and what nobody sees is gone. Remembers where everything stood.
 */
export class TextFolder {
  readonly #offsets = new OffsetMap()
  #folded = 0
  #shift = 0
  #pending = ''

  /** The folded form of the next piece. Half a surrogate pair at its end waits for the other half. */
  fold(piece: string): string {
    const text = this.#pending + piece
    this.#pending = ''
    const common = text.includes('–') ? text.replaceAll('–', '-') : text
    if (!FOLDED_ALREADY.test(common)) return this.#foldUnits(common, false)
    this.#folded += common.length
    return common
  }

  /** A half pair at the very end stands alone. */
  end(): string {
    const text = this.#pending
    this.#pending = ''
    return this.#foldUnits(text, true)
  }

  /** Where a candidate of the folded text stands in the text as it was given. */
  original(candidate: Candidate): TextFinding {
    return { ...candidate, ...this.#offsets.original(candidate.start, candidate.end) }
  }

  forget(before: number): void {
    this.#offsets.forget(before)
  }

  #foldUnits(text: string, isLast: boolean): string {
    const units = new Uint16Array(text.length)
    let length = 0
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      const folded = foldCode(code)
      if (folded < SURROGATE) units[length++] = folded
      else if (folded === DROPPED) this.#drop(length, 1)
      else if (code < LOW && isLow(text.charCodeAt(index + 1))) {
        length += this.#foldPair(text.slice(index, index + 2), units, length)
        index++
      } else if (code < LOW && index === text.length - 1 && !isLast) this.#pending = text.slice(index)
      else this.#drop(length, 1)
    }
    this.#folded += length
    return Buffer.from(units.buffer, 0, length * 2).toString('utf16le')
  }

  /** How many units it became. */
  #foldPair(pair: string, units: Uint16Array, at: number): number {
    const folded = foldCodePoint(pair.codePointAt(0) as number)
    if (folded === DROPPED) {
      this.#drop(at, 2)
      return 0
    }
    if (folded === undefined) {
      units[at] = pair.charCodeAt(0)
      units[at + 1] = pair.charCodeAt(1)
      return 2
    }
    units[at] = folded
    this.#offsets.widen(this.#folded + at)
    this.#drop(at + 1, 1)
    return 1
  }

  #drop(at: number, count: number): void {
    this.#shift += count
    this.#offsets.shiftFrom(this.#folded + at, this.#shift)
  }
}

/** Where the second halves of surrogate pairs begin. */
const LOW = 0xdc00

function isLow(code: number): boolean {
  return code >= LOW && code <= 0xdfff
}
