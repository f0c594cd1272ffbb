export { inject, injectable } from 'inversify'

export type { CallSpan, CallTracer, TracedCall } from './CallTracer.ts'
export { containerErrors } from './containerErrors.ts'
export type { EmissionGuard } from './EmissionGuard.ts'
export {
  type HeldBytes,
  ServiceContainer,
  type ServiceContainerOptions,
  type Resolution,
  type SubjectServices,
} from './ServiceContainer.ts'
export { type ImplementationLoader, registerService, type ServiceRegistration } from './ServiceRegistration.ts'
export type { ShadowCandidate, ShadowPort } from './ShadowPort.ts'
export { type ProviderInputs, SnapshotProvider } from './SnapshotProvider.ts'
