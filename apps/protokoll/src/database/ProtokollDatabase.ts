import { DatabaseSync } from 'node:sqlite'

import { type GeneratedRecord, generateRecords, type RecordType, subjectKey } from './generateRecords.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS record (
    subject TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (subject, type, id)
  ) STRICT, WITHOUT ROWID;
`

type Row = Readonly<{ type: RecordType; id: string; body: string }>

/** The application's own data: meetings, minutes and settings, per subject, in an embedded SQLite database. */
export class ProtokollDatabase implements Disposable {
  readonly #database: DatabaseSync

  constructor(file: string) {
    this.#database = new DatabaseSync(file)
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    this.#database.exec(SCHEMA)
  }

  /** Fills the database with invented data for subjects 0 … count − 1. Does nothing for a subject that has records. */
  generate(count: number): void {
    this.#transaction(() => {
      for (let index = 0; index < count; index += 1) {
        const subject = subjectKey(index)
        if (this.records(subject).length === 0) this.#insert(subject, generateRecords(subject))
      }
    })
  }

  records(subject: string, type?: RecordType): readonly GeneratedRecord[] {
    const rows = this.#database
      .prepare('SELECT type, id, body FROM record WHERE subject = ? AND (? IS NULL OR type = ?) ORDER BY type, id')
      .all(subject, type ?? null, type ?? null) as unknown as readonly Row[]
    return rows.map(({ type, id, body }) => ({ type, id, body: JSON.parse(body) as GeneratedRecord['body'] }))
  }

  /** Replaces what a subject has of these types by these records, all or nothing. */
  replace(subject: string, types: readonly RecordType[], records: readonly GeneratedRecord[]): void {
    this.#transaction(() => {
      const remove = this.#database.prepare('DELETE FROM record WHERE subject = ? AND type = ?')
      for (const type of types) remove.run(subject, type)
      this.#insert(subject, records)
    })
  }

  /** Removes everything about a subject; says how many records that were. */
  erase(subject: string): number {
    return Number(this.#database.prepare('DELETE FROM record WHERE subject = ?').run(subject).changes)
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  #insert(subject: string, records: readonly GeneratedRecord[]): void {
    const insert = this.#database.prepare('INSERT INTO record (subject, type, id, body) VALUES (?, ?, ?, ?)')
    for (const { type, id, body } of records) insert.run(subject, type, id, JSON.stringify(body))
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      work()
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }
}
