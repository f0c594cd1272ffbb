export { EvidenceReader, type EvidenceReaderOptions } from './controller/EvidenceReader.ts'
export { executeCommand, type Executed, type ExecuteOptions } from './controller/executeCommand.ts'
export type { Notifier } from './controller/Notifier.ts'
export type { Probe, ProbeEvidence, ProbeResult } from './controller/Probe.ts'
export { type ControllerOptions, RolloutController } from './controller/RolloutController.ts'
export { type FollowerOptions, RolloutFollower } from './controller/RolloutFollower.ts'
export type { Compaction, RolloutStore, WindowCursor, WindowPage } from './controller/RolloutStore.ts'
export { readAllWindows, windowPages } from './controller/windowPages.ts'
export {
  type HeldBytes,
  type RecordedFinding,
  type RecordedOperation,
  WindowRecorder,
  type WindowRecorderOptions,
} from './controller/WindowRecorder.ts'
export { emptyEvidence, type Evidence, type OperationEvidence, type ServiceEvidence } from './evidence/Evidence.ts'
export { mergeWindows } from './evidence/mergeWindows.ts'
export { gatherEvidence } from './evidence/gatherEvidence.ts'
export { MEMORY_AMOUNTS, type MemoryAmount, type MemoryAmounts } from './evidence/MemoryAmount.ts'
export type { MemorySource } from './evidence/MemoryEvidence.ts'
export {
  type ObservationWindow,
  type OperationWindow,
  parseObservationWindow,
  type ProcessMemory,
} from './evidence/ObservationWindow.ts'
export { judge, type JudgeInput } from './judge/judge.ts'
export { instantText } from './judge/instantText.ts'
export { memoryBySide, processMemory, type SideMemory } from './judge/memoryBySide.ts'
export { COARSEST_SAMPLING_BYTES, type MemoryTrend } from './judge/memoryTrend.ts'
export { numberText, percentText } from './judge/numberText.ts'
export { sourceOf } from './judge/sourceOf.ts'
export {
  type Action,
  ACTIONS,
  CRITERION_SOURCES,
  type CriterionSource,
  type CriterionVerdict,
  type GuardrailVerdict,
  type Verdict,
} from './judge/Verdict.ts'
export { rolloutErrors } from './rolloutErrors.ts'
export { parseFault } from './simulation/parseFault.ts'
export { parseLog } from './simulation/parseLog.ts'
export { parseScenario } from './simulation/parseScenario.ts'
export { replay, type Replay, type ReplayOptions, type ReplayStep } from './simulation/replay.ts'
export { type ReplayProblem, type ReplayProblemCode, REPLAY_PROBLEMS } from './simulation/replayProblem.ts'
export {
  FAULT_KINDS,
  type FaultKind,
  type Scenario,
  type ScenarioData,
  type ScenarioFault,
  type Traffic,
} from './simulation/Scenario.ts'
export { simulate, type SimulateOptions } from './simulation/simulate.ts'
export type { CalendarEntry, Simulation } from './simulation/Simulation.ts'
export type { Command, CommandContext } from './state/Command.ts'
export { describeEvent } from './state/describeEvent.ts'
export { emptyStatus } from './state/emptyStatus.ts'
export { eventsOfCommand } from './state/eventsOfCommand.ts'
export { eventsOfVerdicts } from './state/eventsOfVerdicts.ts'
export { fingerprintOf } from './state/fingerprintOf.ts'
export { flagStateOf } from './state/flagStateOf.ts'
export { foldState } from './state/foldState.ts'
export { isSequenceConflict } from './state/isSequenceConflict.ts'
export {
  type Cause,
  INCIDENT_KINDS,
  type IncidentKind,
  type NewEvent,
  parseStoredEvent,
  type RolloutEvent,
  type RolloutEventType,
  SEVERITIES,
  type Severity,
  type StoredEvent,
} from './state/RolloutEvent.ts'
export type { LatchedIncident, ProbeReport, RolloutStatus, ServiceStatus } from './state/RolloutStatus.ts'
export { step } from './state/step.ts'
export { compareLatency, type LatencyComparison, type LatencyComparisonOptions } from './statistics/compareLatency.ts'
export {
  createErrorRateTest,
  type ErrorRateIncrement,
  type ErrorRateTest,
  errorRateVerdict,
  type ErrorRateVerdict,
  parseErrorRateTest,
  updateErrorRateTest,
} from './statistics/ErrorRateTest.ts'
export { errorRateEvidence } from './statistics/errorRateEvidence.ts'
export { errorRateUpperBound } from './statistics/errorRateUpperBound.ts'
export { LatencySketch } from './statistics/LatencySketch.ts'
export type { LatencySums } from './statistics/LatencySums.ts'
export { minimumSamples } from './statistics/minimumSamples.ts'
export { type SampleRatio, sampleRatioMismatch, type SampleRatioMismatch } from './statistics/sampleRatioMismatch.ts'
export { seededRandom } from './statistics/seededRandom.ts'
export type { StoredLatencySketch } from './statistics/StoredLatencySketch.ts'
