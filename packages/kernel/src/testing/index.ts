export { ManualClock } from './ManualClock.ts'
export { type LogLine, RecordingLogger } from './RecordingLogger.ts'
