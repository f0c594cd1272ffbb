import type { ServiceContext } from '@gradvis/base-service'
import type { Implementation } from '@gradvis/kernel'

/** What everything that an implementation emits passes on its way out, so that no personal data leaves with it. */
export interface EmissionGuard {
  /** The context that an implementation is given: its log lines and audit entries pass the guard. */
  contextFor(service: string, context: ServiceContext): ServiceContext
  /** A failure as it may reach the caller. Never throws. */
  cleanError(error: unknown, source: Readonly<{ service: string; implementation: Implementation }>): unknown
}
