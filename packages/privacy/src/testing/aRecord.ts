import type { AuditRecord } from '../audit/AuditTrail.ts'

/** A backup that went well; give what matters. */
export function aRecord(overrides: Partial<AuditRecord> = {}): AuditRecord {
  return {
    action: 'BackupService.createBackup',
    service: 'BackupService',
    implementation: 'migrated',
    outcome: 'ok',
    ...overrides,
  }
}
