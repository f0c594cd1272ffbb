import type { Observer } from '@gradvis/base-service'
import { parseEnvironment, parsePlan, type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { type Clock, type Language, type Logger, systemClock } from '@gradvis/kernel'
import { languageFromEnvironment } from '@gradvis/localization'
import { type ShadowPort, SnapshotProvider } from '@gradvis/service-container'
import { emptyStatus, WindowRecorder } from '@gradvis/rollout'

import { createPinoLogger } from './createPinoLogger.ts'
import { createServiceLocalizer } from './createServiceLocalizer.ts'
import { loadProbes } from './loadProbes.ts'
import { HeapSampler, type MemoryOptions } from './memory/HeapSampler.ts'
import { processMemory } from './memory/processMemory.ts'
import { OperationTotals } from './OperationTotals.ts'
import { registrationsOf, type ServiceOptions } from './registrations.ts'
import { LayerRollout, type RolloutOptions, stateFor } from './rollout/LayerRollout.ts'
import { ServiceLayer } from './ServiceLayer.ts'

export type ServiceLayerOptions = ServiceOptions &
  Readonly<{
    /** Read once, here. Default: the process's environment. */
    env?: Readonly<Record<string, string | undefined>>
    /** Default: the production schedule. */
    plan?: PlanData
    /** The plan's phases follow its wall clock. Default: the system's. */
    clock?: Clock
    /** Default: JSON lines on standard error. */
    logger?: Logger
    /** Is told of every call, besides `layer.totals`. */
    observer?: Observer
    /** Default: from LC_ALL, LC_MESSAGES or LANG; Swedish where they say nothing. */
    language?: Language
    shadow?: ShadowPort
    /**
     * Lets the rollout run itself, from `start()` on: decisions then follow its log. Without it, the plan's dates alone
     * decide, with no evidence and no way back but the environment.
     */
    rollout?: RolloutOptions
    /** How memory is measured, where a rollout judges by it. */
    memory?: MemoryOptions
    drainIdleMs?: number
    /** Uniform in [0, 1), for jitter. */
    random?: () => number
  }>

/**
 * Wires the three services, the flags and the container. Nothing is imported or started before the first call. Throws
 * a ServiceError `flags.…` for an environment or a plan that cannot be trusted: then nothing has been started.
 */
export function createServiceLayer(options: ServiceLayerOptions): ServiceLayer {
  const { env = process.env, plan = productionFeatureFlags, clock = systemClock, shadow, drainIdleMs } = options
  const { logger = createPinoLogger(), random = Math.random, observer } = options
  const totals = new OperationTotals()
  const inputs = { plan: parsePlan(plan), environment: parseEnvironment(env) }
  const state = options.rollout && { state: stateFor(plan, emptyStatus) }
  const provider = new SnapshotProvider({ ...inputs, ...state }, clock, logger)
  const instance = options.rollout?.instance ?? crypto.randomUUID()
  const heldBytes = () => layer.heldBytes()
  const { sample = false, intervalBytes } = options.memory ?? {}
  const sampler = sample ? new HeapSampler({ services: Object.keys(plan.services), logger, intervalBytes }) : undefined
  const sampledHeap = () => sampler?.read() ?? []
  const recorder = options.rollout && new WindowRecorder({ instance, clock, heldBytes, sampledHeap, processMemory })
  const rollout =
    options.rollout &&
    recorder &&
    new LayerRollout({
      ...options.rollout,
      instance,
      plan,
      clock,
      logger,
      random,
      recorder,
      sampler,
      loadProbes: () => loadProbes({ clock, random }),
      onStatus: (changed) => provider.update(changed),
    })
  const layer: ServiceLayer = new ServiceLayer({
    registrations: registrationsOf(options),
    provider,
    clock,
    logger,
    random,
    observer: all([totals, recorder, observer].filter((one) => one !== undefined)),
    totals,
    localizer: createServiceLocalizer(options.language ?? languageFromEnvironment(env)),
    ...(rollout && { rollout }),
    ...(shadow && { shadow }),
    ...(drainIdleMs !== undefined && { drainIdleMs }),
  })
  return layer
}

function all(observers: readonly Observer[]): Observer {
  return { record: (observation) => observers.forEach((observer) => observer.record(observation)) }
}
