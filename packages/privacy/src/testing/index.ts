export { InMemoryRecordLog } from './InMemoryRecordLog.ts'
export { namedPseudonyms } from './namedPseudonyms.ts'
export { RecordingAuditTrail } from './RecordingAuditTrail.ts'
