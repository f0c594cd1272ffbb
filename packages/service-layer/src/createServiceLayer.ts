import type { Observer } from '@gradvis/base-service'
import { parseEnvironment, parsePlan, type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { type Clock, type Language, type Logger, systemClock } from '@gradvis/kernel'
import { languageFromEnvironment } from '@gradvis/localization'
import { type ShadowPort, SnapshotProvider } from '@gradvis/service-container'

import { createPinoLogger } from './createPinoLogger.ts'
import { createServiceLocalizer } from './createServiceLocalizer.ts'
import { OperationTotals } from './OperationTotals.ts'
import { registrationsOf, type ServiceOptions } from './registrations.ts'
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
  return new ServiceLayer({
    registrations: registrationsOf(options),
    provider: new SnapshotProvider({ plan: parsePlan(plan), environment: parseEnvironment(env) }, clock, logger),
    clock,
    logger,
    random,
    observer: observer ? both(totals, observer) : totals,
    totals,
    localizer: createServiceLocalizer(options.language ?? languageFromEnvironment(env)),
    ...(shadow && { shadow }),
    ...(drainIdleMs !== undefined && { drainIdleMs }),
  })
}

function both(first: Observer, second: Observer): Observer {
  return {
    record(observation) {
      first.record(observation)
      second.record(observation)
    },
  }
}
