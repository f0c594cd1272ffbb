export { englishWordsIn } from './englishWordsIn.ts'
export { ManualClock } from './ManualClock.ts'
export { messageProblems, type Provocation } from './messageProblems.ts'
export { type LogLine, RecordingLogger } from './RecordingLogger.ts'
