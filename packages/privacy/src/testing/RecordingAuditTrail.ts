import type { AuditRecord, AuditTrail } from '../audit/AuditTrail.ts'

/** Keeps what was recorded, in order. */
export class RecordingAuditTrail implements AuditTrail {
  readonly records: AuditRecord[] = []

  async record(record: AuditRecord): Promise<void> {
    this.records.push(record)
  }
}
