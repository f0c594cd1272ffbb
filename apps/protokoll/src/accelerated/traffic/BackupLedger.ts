import type { Implementation } from '@gradvis/kernel'

export type LedgerEntry = Readonly<{ subject: string; backupId: string; side: Implementation }>

/** Every backup that a user was told is there, with the side that made it: what must be found again at the end. */
export class BackupLedger {
  readonly #entries = new Map<string, LedgerEntry>()

  get entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()]
  }

  add(entry: LedgerEntry): void {
    this.#entries.set(entry.backupId, entry)
  }

  delete(backupId: string): void {
    this.#entries.delete(backupId)
  }
}
