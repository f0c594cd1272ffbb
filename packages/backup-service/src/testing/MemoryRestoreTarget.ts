import type { BackupRecord } from '../BackupSource.ts'
import type { RestoreTarget } from '../RestoreTarget.ts'

/** An application that keeps restored records in memory, all or nothing. */
export class MemoryRestoreTarget implements RestoreTarget {
  readonly #records = new Map<string, readonly BackupRecord[]>()

  recordsOf(subject: string): readonly BackupRecord[] {
    return this.#records.get(subject) ?? []
  }

  put(subject: string, records: readonly BackupRecord[]): void {
    this.#records.set(subject, records)
  }

  async isEmpty(subject: string, types: readonly string[]): Promise<boolean> {
    return !this.recordsOf(subject).some(({ type }) => types.includes(type))
  }

  async replace(subject: string, types: readonly string[], records: AsyncIterable<BackupRecord>): Promise<void> {
    const taken = await Array.fromAsync(records)
    const others = this.recordsOf(subject).filter(({ type }) => !types.includes(type))
    this.#records.set(subject, [...others, ...taken])
  }
}
