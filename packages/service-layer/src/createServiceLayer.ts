import type { Observer } from '@gradvis/base-service'
import { parseEnvironment, parsePlan, type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { type Clock, type Language, type Logger, systemClock } from '@gradvis/kernel'
import { languageFromEnvironment } from '@gradvis/localization'
import { type AuditTrail, parseAuditKey } from '@gradvis/privacy'
import { type ShadowPort, SnapshotProvider } from '@gradvis/service-container'
import { emptyStatus } from '@gradvis/rollout'

import { LayerAudit, type LayerAuditParts } from './audit/LayerAudit.ts'
import { createPinoLogger } from './createPinoLogger.ts'
import { createServiceLocalizer } from './createServiceLocalizer.ts'
import { loadProbes } from './loadProbes.ts'
import { HeapSampler, type MemoryOptions } from './memory/HeapSampler.ts'
import { processMemory } from './memory/processMemory.ts'
import { OperationTotals } from './OperationTotals.ts'
import { classificationsOf } from './privacy/classificationsOf.ts'
import { LayerPrivacy, type PrivacyOptions } from './privacy/LayerPrivacy.ts'
import { pseudonymsIn } from './privacy/pseudonymsIn.ts'
import { registrationsOf, type ServiceOptions } from './registrations.ts'
import { LayerRollout, type LayerRolloutParts, type RolloutOptions, stateFor } from './rollout/LayerRollout.ts'
import { ServiceLayer } from './ServiceLayer.ts'
import { LayerTelemetry } from './telemetry/LayerTelemetry.ts'

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
    /** How what the services emit is guarded against personal data. */
    privacy?: PrivacyOptions
    /**
     * Where sensitive operations are recorded: a location as of the rollout's store, or a trail of the application's own.
     * Default: the rollout's store where that is a location, otherwise nowhere. `false`: nowhere.
     */
    audit?: string | AuditTrail | false
    drainIdleMs?: number
    /** Uniform in [0, 1), for jitter. */
    random?: () => number
  }>

/**
 * Wires the three services, the flags and the container. Nothing is imported or started before the first call. Throws
 * a ServiceError `flags.…` or `audit.…` for an environment or a plan that cannot be trusted: then nothing has been
 * started.
 */
export function createServiceLayer(options: ServiceLayerOptions): ServiceLayer {
  const { env = process.env, plan = productionFeatureFlags, clock = systemClock, shadow, drainIdleMs } = options
  const { logger = createPinoLogger(), random = Math.random, observer } = options
  const totals = new OperationTotals()
  const inputs = { plan: parsePlan(plan), environment: parseEnvironment(env) }
  const state = options.rollout && { state: stateFor(plan, emptyStatus) }
  const provider = new SnapshotProvider({ ...inputs, ...state }, clock, logger)
  const instance = options.rollout?.instance ?? crypto.randomUUID()
  const registrations = registrationsOf(options)
  const surroundings = { clock, logger, instance, pseudonyms: pseudonymsIn(env) }
  const audit = auditOf(options, { ...surroundings, key: parseAuditKey(env['GRADVIS_AUDIT_KEY']) })
  const { sample = false, intervalBytes } = options.memory ?? {}
  const sampler = sample ? new HeapSampler({ services: Object.keys(plan.services), logger, intervalBytes }) : undefined
  const heldBytes = () => layer.heldBytes()
  const sampledHeap = () => sampler?.read() ?? []
  const windows = { instance, clock, heldBytes, sampledHeap, processMemory }
  const telemetry = new LayerTelemetry({ windows, hasRollout: options.rollout !== undefined, provider })
  const { recorder } = telemetry
  const privacy = new LayerPrivacy({
    ...surroundings,
    options: options.privacy ?? {},
    classifications: classificationsOf(registrations.map(({ token }) => token.contract)),
    onFinding: (finding) => recorder.recordFinding(finding),
  })
  const loadOwnProbes = () => loadProbes({ clock, random, audit })
  const onStatus: LayerRolloutParts['onStatus'] = (changed) => provider.update(changed)
  const engine = { instance, plan, clock, logger, random, recorder, sampler, privacy, onStatus }
  const rollout = options.rollout && new LayerRollout({ ...options.rollout, ...engine, loadProbes: loadOwnProbes })
  const layer: ServiceLayer = new ServiceLayer({
    registrations,
    provider,
    clock,
    logger,
    random,
    observer: all([totals, telemetry.observer, observer].filter((one) => one !== undefined)),
    totals,
    localizer: createServiceLocalizer(options.language ?? languageFromEnvironment(env)),
    guard: privacy,
    privacy,
    telemetry,
    tracer: telemetry.tracer,
    ...(audit && { audit }),
    ...(rollout && { rollout }),
    ...(shadow && { shadow }),
    ...(drainIdleMs !== undefined && { drainIdleMs }),
  })
  return layer
}

function all(observers: readonly Observer[]): Observer {
  return { record: (observation) => observers.forEach((observer) => observer.record(observation)) }
}

/** The trail that the options ask for: the application's own, one in a store, or none. */
function auditOf(
  { audit, rollout }: ServiceLayerOptions,
  parts: Omit<LayerAuditParts, 'location'>,
): AuditTrail | undefined {
  if (typeof audit === 'object') return audit
  const location = audit ?? rollout?.store
  return typeof location === 'string' ? new LayerAudit({ ...parts, location }) : undefined
}
