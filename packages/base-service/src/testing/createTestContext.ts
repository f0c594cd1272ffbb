import { systemClock } from '@gradvis/kernel'
import { RecordingLogger } from '@gradvis/kernel/testing'

import type { Observation } from '../Observation.ts'
import type { ServiceContext } from '../ServiceContext.ts'

export type TestContext = ServiceContext & Readonly<{ observations: readonly Observation[]; logger: RecordingLogger }>

/** A context that keeps what the service logs and observes. `random` is a fixed 0.5 unless given. */
export function createTestContext(overrides: Partial<ServiceContext> = {}): TestContext {
  const observations: Observation[] = []
  return {
    implementation: 'migrated',
    clock: systemClock,
    random: () => 0.5,
    observer: { record: (observation) => observations.push(observation) },
    ...overrides,
    logger: new RecordingLogger(),
    observations,
  }
}
