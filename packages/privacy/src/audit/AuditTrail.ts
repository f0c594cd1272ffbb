import type { Implementation } from '@gradvis/kernel'

export const AUDIT_OUTCOMES = ['ok', 'fault', 'refused', 'cancelled'] as const
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/** What is to be remembered of one sensitive operation. */
export type AuditRecord = Readonly<{
  /** `BackupService.createBackup`, `consent.withdrawn`: constant text. */
  action: string
  service: string
  implementation: Implementation
  outcome: AuditOutcome
  /** The error's code, when the outcome is not `ok`. */
  code?: string | undefined
  /** Whom it was about, as the application names them. The trail keeps a pseudonym. */
  subject?: string | undefined
  /** Who did it, where that is another. The trail keeps a pseudonym. */
  actor?: string | undefined
  /** Constants, counts and ids that were drawn at random; no personal data. */
  details?: Readonly<Record<string, string | number | boolean>> | undefined
}>

/** Where sensitive operations are recorded. */
export interface AuditTrail {
  /** Resolves when the entry is durable. Rejects with `audit.…` when it could not be written. */
  record(record: AuditRecord): Promise<void>
}
