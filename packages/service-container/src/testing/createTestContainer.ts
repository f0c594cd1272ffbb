import type { Observation, Observer, ServiceContext } from '@gradvis/base-service'
import { parseEnvironment } from '@gradvis/feature-flags'
import type { Implementation } from '@gradvis/kernel'
import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'

import type { CallTracer } from '../CallTracer.ts'
import type { EmissionGuard } from '../EmissionGuard.ts'
import { ServiceContainer } from '../ServiceContainer.ts'
import { registerService } from '../ServiceRegistration.ts'
import type { ShadowPort } from '../ShadowPort.ts'
import { SnapshotProvider } from '../SnapshotProvider.ts'
import { FLAGS, planOf } from './flags.ts'
import { FakeGreeting, GreetingService } from './greeting.ts'

export type TestContainerOptions = Readonly<{
  percent?: number
  env?: Record<string, string>
  shadow?: ShadowPort
  /** Called before a side is constructed; may throw. */
  onLoad?: (side: Implementation) => void
  /** Called with what a side is made of, before it is started. */
  onBuilt?: (fake: FakeGreeting) => void
  observer?: Observer
  guard?: EmissionGuard
  audit?: ServiceContext['audit']
  tracer?: CallTracer
}>

/** A container over two fake sides, on a clock that stands still, with everything that they did at hand. */
export function createTestContainer({ percent = 100, env = {}, shadow, ...hooks }: TestContainerOptions = {}) {
  const clock = new ManualClock('2025-02-01T00:00:00Z')
  const logger = new RecordingLogger()
  const observations: Observation[] = []
  const built: Record<Implementation, FakeGreeting[]> = { legacy: [], migrated: [] }
  const provider = new SnapshotProvider(
    { plan: planOf(percent), environment: parseEnvironment(env, FLAGS), flags: FLAGS },
    clock,
    logger,
  )
  const load = (side: Implementation) => async (context: ServiceContext) => {
    hooks.onLoad?.(side)
    const fake = new FakeGreeting(context)
    built[side].push(fake)
    hooks.onBuilt?.(fake)
    return fake
  }
  const container = new ServiceContainer({
    registrations: [
      registerService({
        token: GreetingService,
        implementations: { legacy: load('legacy'), migrated: load('migrated') },
      }),
    ],
    provider,
    clock,
    logger,
    observer: hooks.observer ?? { record: (observation) => observations.push(observation) },
    random: () => 0.5,
    ...(shadow && { shadow }),
    ...(hooks.guard && { guard: hooks.guard }),
    ...(hooks.tracer && { tracer: hooks.tracer }),
    ...(hooks.audit && { audit: hooks.audit }),
  })
  return { container, provider, clock, logger, observations, built, greeting: container.get(GreetingService) }
}

/** A subject key on the wanted side of a percentage, found by asking. */
export function subjectOn(container: ServiceContainer, side: Implementation): string {
  for (let index = 0; index < 10_000; index += 1) {
    const key = `subject-${index}`
    if (container.explain(GreetingService, key).decision.implementation === side) return key
  }
  throw new Error(`no subject is on ${side}`)
}
