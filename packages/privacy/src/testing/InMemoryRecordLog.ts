import type { RecordChange, RecordHead, RecordLog, RecordRow } from '../audit/RecordLog.ts'

/** A log that ends with the test. Its rows can be tampered with. */
export class InMemoryRecordLog implements RecordLog {
  rows: RecordRow[] = []
  lastHead: RecordHead = { sequence: 0, hash: '' }
  /** How many transactions there were. */
  appends = 0
  /** What the next appends fail with. */
  failure: Error | undefined

  async append(change: (head: RecordHead) => RecordChange): Promise<void> {
    this.appends++
    // As a store does, it takes its time: whoever reads now does not see it yet.
    await Promise.resolve()
    if (this.failure) throw this.failure
    const { rows, forget = [] } = change(this.lastHead)
    this.rows = [...this.rows, ...rows].map((row) =>
      forget.includes(row.sequence) ? Object.assign({}, row, { personal: null }) : row,
    )
    this.lastHead = rows.at(-1) ?? this.lastHead
  }

  async read(afterSequence: number, limit: number): Promise<readonly RecordRow[]> {
    return this.rows.filter(({ sequence }) => sequence > afterSequence).slice(0, limit)
  }

  async head(): Promise<RecordHead> {
    const { sequence, hash } = this.lastHead
    return { sequence, hash }
  }

  async close(): Promise<void> {}
}
