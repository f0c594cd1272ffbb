import type { Clock, Implementation, Logger } from '@gradvis/kernel'
import type { AuditTrail } from '@gradvis/privacy'

import type { Observer } from './Observation.ts'

/** What every implementation is given by whoever constructs it. */
export type ServiceContext = Readonly<{
  implementation: Implementation
  clock: Clock
  logger: Logger
  observer: Observer
  /** Uniform in [0, 1). For jitter and sampling, never for secrets. */
  random: () => number
  /** Where sensitive operations are recorded. Absent: nowhere. */
  audit?: AuditTrail | undefined
}>

/** What the container drives. Each is idempotent; a stopped instance is not started again: a new one is made. */
export interface Lifecycle {
  /** Rejects when the service cannot serve; nothing is left running then. */
  start(signal?: AbortSignal): Promise<void>
  /** Lets calls in flight finish, then releases everything. Never rejects because of a failed call. */
  stop(): Promise<void>
  /** Live bytes that the service holds on behalf of callers (caches, buffers), as far as it knows. */
  reportBytes(): number
  /** What of them lies outside the JavaScript heap, in Buffers and ArrayBuffers. Absent: not known. */
  reportExternalBytes?(): number
}

/** An implementation of a contract as the container holds it. */
export type Managed<Service> = Service & Lifecycle
