export { auditOperations } from './auditOperations.ts'
export { BaseService, type BaseServiceOptions } from './BaseService.ts'
export type { Call } from './Call.ts'
export type { CallOptions, Progress } from './CallOptions.ts'
export {
  type Contract,
  defineContract,
  type InputOf,
  type MethodOf,
  type Operations,
  type OutputOf,
  type ParsedInputOf,
  type ServiceOf,
} from './contract/Contract.ts'
export { noInput } from './contract/noInput.ts'
export {
  type AuditPolicy,
  type FieldClasses,
  type Handover,
  type Operation,
  OPERATION_KINDS,
  type OperationKind,
  read,
  type Session,
  session,
  type ShadowPolicy,
  write,
} from './contract/Operation.ts'
export { type AnyServiceToken, type ServiceToken, tokenOf } from './contract/ServiceToken.ts'
export type { ErrorTranslation } from './ErrorTranslation.ts'
export { inSession } from './inSession.ts'
export { LIFECYCLE_STATES, type LifecycleState } from './LifecycleState.ts'
export { type MediaConstraints, requireKind } from './media/MediaConstraints.ts'
export { mediaErrors } from './media/mediaErrors.ts'
export type { RecordedRoom } from './media/recording/RecordedRoom.ts'
export type { Recording } from './media/recording/Recording.ts'
export type { RecordingChunk } from './media/recording/RecordingChunk.ts'
export type { RecordingSink } from './media/recording/RecordingSink.ts'
export {
  RECORDING_ENDS,
  RECORDING_OUTCOMES,
  type RecordingEnd,
  type RecordingEnded,
  type RecordingOutcome,
  type RecordingState,
} from './media/recording/RecordingState.ts'
export { requireConsent } from './media/requireConsent.ts'
export { toMediaError } from './media/toMediaError.ts'
export { MediaBaseService, type MediaServiceOptions } from './MediaBaseService.ts'
export {
  type BreakerState,
  type CallAnnotations,
  type CallRole,
  type Observation,
  type Observer,
  type Outcome,
  silentObserver,
} from './Observation.ts'
export { notRunning } from './notRunning.ts'
export { outcomeOf } from './observe.ts'
export { type BackoffLimits, fullJitterBackoffMs } from './policies/fullJitterBackoffMs.ts'
export type { BulkheadPolicy, CachePolicy, OperationPolicy } from './policies/OperationPolicy.ts'
export type { Lifecycle, Managed, ServiceContext } from './ServiceContext.ts'
export { ServiceCache } from './ServiceCache.ts'
export { serviceErrors } from './serviceErrors.ts'
export { defineProbe, type ProbeEvidence, type ProbeScratch, type ServiceProbe } from './ServiceProbe.ts'
export { translateFailure } from './translateFailure.ts'
export { validate, type Validated } from './validate.ts'
