import { type AuditEntry, parseAuditEntry } from './AuditEntry.ts'
import { auditErrors } from './auditErrors.ts'
import { type ChainedBy, chainedBy, commitmentTo, linkHash } from './chainHash.ts'
import { ERASED_ACTION } from './eraseSubject.ts'
import { Erasures } from './Erasures.ts'
import type { RecordHead, RecordRow } from './RecordLog.ts'
import type { TrailBreak, TrailReport } from './TrailReport.ts'

export type VerifyOptions = Readonly<{
  /** What the entries were linked with. */
  key?: Uint8Array | undefined
  /** A head that was kept elsewhere. */
  checkpoint?: RecordHead | undefined
}>

export const EMPTY_HEAD: RecordHead = { sequence: 0, hash: '' }

/** Looks at a trail, row by row, and finds the first entry that does not hold. What follows it proves nothing. */
export class TrailVerifier {
  readonly #options: VerifyOptions
  readonly #after: RecordHead
  readonly #chained: ChainedBy
  readonly #erasures: Erasures
  #last: RecordHead
  #broken: TrailBreak | undefined

  /**
   * `after`: the head before the first row that is to come, for a part of a trail. Throws `audit.checkpoint_before` for a
   * checkpoint that lies before it.
   */
  constructor(options: VerifyOptions, after = EMPTY_HEAD) {
    const { checkpoint, key } = options
    const [first, sequence] = [after.sequence + 1, checkpoint?.sequence ?? after.sequence]
    if (sequence < after.sequence) throw auditErrors.create('checkpoint_before', { sequence, first })
    this.#options = options
    this.#after = after
    this.#last = after
    this.#chained = chainedBy(key)
    this.#erasures = new Erasures(first)
    if (checkpoint) this.#compare(checkpoint)
  }

  /** Where what was looked at so far ends, as far as it holds. */
  get last(): RecordHead {
    return this.#last
  }

  /** Throws `audit.key_needed` or `audit.wrong_key` where the first row says that it was linked in another way. */
  add(row: RecordRow): void {
    const entry = parseAuditEntry(row.body)
    if (this.#broken) return this.#lookFurther(entry ?? row)
    const sequence = this.#last.sequence + 1
    if (row.sequence !== sequence) return this.#break('removed', sequence)
    if (!entry) return this.#break('edited', sequence)
    if (entry.sequence !== sequence) return this.#break('removed', sequence)
    if (!this.#isOurs(entry)) return this.#break('edited', sequence)
    if (linkHash(this.#last.hash, row.body, this.#options.key) !== row.hash) return this.#break('edited', sequence)
    this.#last = { sequence, hash: row.hash }
    this.#addPersonal(row.personal, entry)
    if (entry.action === ERASED_ACTION) this.#addErasure(entry)
    if (this.#options.checkpoint) this.#compare(this.#options.checkpoint)
  }

  /** `head`: where the store says that the trail ends; absent for a file, which says nothing of that. */
  end(head?: RecordHead): TrailReport {
    if (!this.#broken) this.#addEnd(head)
    const { sequence } = this.#last
    const entries = (this.#broken ? Math.min(sequence, this.#broken.sequence - 1) : sequence) - this.#after.sequence
    return {
      first: this.#after.sequence + 1,
      entries,
      erased: this.#erasures.count,
      checkpoint: this.#last,
      broken: this.#broken,
    }
  }

  #isOurs({ format, key, sequence }: AuditEntry): boolean {
    if (format === this.#chained.format && key === this.#chained.key) return true
    if (sequence > this.#after.sequence + 1) return false
    throw auditErrors.create(this.#chained.key === undefined ? 'key_needed' : 'wrong_key', {})
  }

  #addPersonal(personal: string | null, { sequence, commitment }: AuditEntry): void {
    if (personal === null) {
      if (commitment !== undefined) this.#erasures.missing(sequence)
    } else if (commitment !== commitmentTo(personal)) this.#break('personal-edited', sequence)
  }

  #addErasure({ sequence, details }: AuditEntry): void {
    const wrong = this.#erasures.explain(details?.['sequences'], sequence)
    if (wrong !== undefined) this.#break('restored', wrong)
  }

  #addEnd(head: RecordHead | undefined): void {
    const { sequence, hash } = this.#last
    const { unexplained } = this.#erasures
    const known = Math.max(head?.sequence ?? 0, this.#options.checkpoint?.sequence ?? 0)
    // Before what is unexplained: the erasure that explains it may be among what was cut off.
    if (known > sequence) this.#break('truncated', sequence + 1)
    else if (unexplained !== undefined) this.#break('erased-without-entry', unexplained)
    else if (head && head.sequence < sequence) this.#break('added', head.sequence + 1)
    else if (head && head.hash !== hash) this.#break('rewritten', sequence)
  }

  #compare({ sequence, hash }: RecordHead): void {
    if (sequence === this.#last.sequence && hash !== this.#last.hash) this.#break('rewritten', sequence)
  }

  #break(kind: TrailBreak['kind'], sequence: number): void {
    this.#broken = { kind, sequence }
  }

  /** What seemed to be missing may only have been moved. */
  #lookFurther({ sequence }: Readonly<{ sequence: number }>): void {
    if (this.#broken?.kind === 'removed' && this.#broken.sequence === sequence) this.#break('moved', sequence)
  }
}
