export { RecordingAuditTrail } from './RecordingAuditTrail.ts'
