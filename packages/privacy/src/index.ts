export type { AuditEntry } from './audit/AuditEntry.ts'
export { auditErrors } from './audit/auditErrors.ts'
export { AUDIT_OUTCOMES, type AuditOutcome, type AuditRecord, type AuditTrail } from './audit/AuditTrail.ts'
export { type AuditTrailOptions, createAuditTrail, type StoredAuditTrail } from './audit/createAuditTrail.ts'
export type { Erasure } from './audit/eraseSubject.ts'
export { exportedEntry, type ExportedRow } from './audit/exportedEntry.ts'
export { parseAuditKey } from './audit/parseAuditKey.ts'
export { parsePseudonymKeys } from './audit/parsePseudonymKeys.ts'
export type { RecordChange, RecordHead, RecordLog, RecordRow } from './audit/RecordLog.ts'
export type { SubjectPseudonyms } from './audit/SubjectPseudonyms.ts'
export { TRAIL_BREAKS, type TrailBreak, type TrailBreakKind, type TrailReport } from './audit/TrailReport.ts'
export type { VerifyOptions } from './audit/TrailVerifier.ts'
export { verifyExport } from './audit/verifyExport.ts'
export { verifyLog } from './audit/verifyLog.ts'
export { type Consent, CONSENT_PURPOSES, type ConsentPurpose } from './consent/Consent.ts'
export { CONSENT_CHANGES, type ConsentChange, type ConsentEvent } from './consent/ConsentEvent.ts'
export { type ConsentPolicy, type ConsentTerms, DEFAULT_CONSENT_POLICY } from './consent/ConsentPolicy.ts'
export {
  type ConsentChanged,
  ConsentRegister,
  type ConsentRegisterOptions,
  type Withdrawal,
} from './consent/ConsentRegister.ts'
export { type ConsentState, consentState } from './consent/consentState.ts'
export type { Classification, FieldClass } from './detection/Classification.ts'
export type { TextFinding, ValueFinding } from './detection/Finding.ts'
export { PERSONAL_DATA_KINDS, type PersonalDataKind } from './detection/PersonalDataKind.ts'
export { scanText } from './detection/scanText.ts'
export { type ScanOptions, scanValue } from './detection/scanValue.ts'
export { TextScanner } from './detection/TextScanner.ts'
export { guardAuditTrail } from './guard/guardAuditTrail.ts'
export { guardError } from './guard/guardError.ts'
export { guardLogger } from './guard/guardLogger.ts'
export { isViolation } from './guard/isViolation.ts'
export { LEAK_CHANNELS, type LeakChannel, type LeakFinding, type LeakSource } from './guard/LeakFinding.ts'
export {
  type Emission,
  LEAK_GUARD_MODES,
  LeakGuard,
  type LeakGuardMode,
  type LeakGuardOptions,
} from './guard/LeakGuard.ts'
export { privacyErrors } from './privacyErrors.ts'
export { createPseudonyms, type PseudonymKey, type Pseudonyms } from './pseudonyms/createPseudonyms.ts'
export { redactText } from './redaction/redactText.ts'
export { type RedactOptions, redactValue } from './redaction/redactValue.ts'
