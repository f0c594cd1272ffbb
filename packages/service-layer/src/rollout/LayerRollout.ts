import { parsePlan, type Plan, type PlanData, type RolloutState } from '@gradvis/feature-flags'
import type { Clock, Logger } from '@gradvis/kernel'
import {
  flagStateOf,
  type Probe,
  RolloutController,
  type RolloutStatus,
  type RolloutStore,
  type WindowRecorder,
} from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'

import type { HeapSampler } from '../memory/HeapSampler.ts'
import type { LayerPrivacy } from '../privacy/LayerPrivacy.ts'
import { EventLog } from './EventLog.ts'
import { reportViolation } from './reportViolation.ts'
import { WebhookNotifier, type WebhookOptions } from './WebhookNotifier.ts'

export type RolloutOptions = Readonly<{
  /** A file path or `postgres://…`, opened at the start and closed at the end; or a store that the caller closes. */
  store: RolloutStore | string
  /** Unique among all instances, without personal data. Default: a random one. */
  instance?: string
  webhook?: WebhookOptions
  /** How often everything is judged. Default 10,000. */
  tickMs?: number
  /** How often the log is read where no notification came. Default 1,000. */
  pollMs?: number
  /** How old a probe's result may become before it is run again. Default one hour. */
  probeIntervalMs?: number
}>

export type LayerRolloutParts = RolloutOptions &
  Readonly<{
    instance: string
    plan: PlanData
    clock: Clock
    logger: Logger
    random: () => number
    recorder: WindowRecorder
    /** Samples while the rollout runs. Undefined: nothing does. */
    sampler?: HeapSampler | undefined
    privacy: LayerPrivacy
    loadProbes: () => Promise<readonly Probe[]>
    /** Told what decisions need of the status, at every change of it. */
    onStatus: (inputs: Readonly<{ plan: Plan; state: RolloutState }>) => void
  }>

/** A rollout that runs inside a service layer: opens the store, controls, tells the flags, notifies. */
export class LayerRollout {
  readonly #parts: LayerRolloutParts
  readonly #webhook: WebhookNotifier | undefined
  #controller: RolloutController | undefined
  #store: RolloutStore | undefined
  #starting: Promise<void> | undefined

  /** Throws `layer.…` for a webhook that cannot be trusted. */
  constructor(parts: LayerRolloutParts) {
    this.#parts = parts
    const { guard } = parts.privacy
    this.#webhook = parts.webhook && new WebhookNotifier(parts.webhook, { ...parts, guard })
  }

  /** Undefined before the start. */
  get controller(): RolloutController | undefined {
    return this.#controller
  }

  /** Idempotent. Rejects with `rollout_store.…` when an embedded store cannot be opened at all. */
  start(): Promise<void> {
    this.#starting ??= this.#start()
    return this.#starting
  }

  async stop(): Promise<void> {
    await this.#starting?.catch(() => {})
    await this.#controller?.stop()
    await this.#webhook?.stop()
    this.#parts.sampler?.stop()
    if (typeof this.#parts.store === 'string') await this.#store?.close()
  }

  async #start(): Promise<void> {
    const { store, logger, plan, onStatus, loadProbes, privacy, instance } = this.#parts
    const own = parsePlan(plan)
    this.#store = typeof store === 'string' ? await openRolloutStore(store, this.#parts) : store
    const log = new EventLog(logger)
    const controller = new RolloutController({
      ...this.#parts,
      store: this.#store,
      probes: await loadProbes(),
      notifier: {
        notify: (event) => {
          log.notify(event)
          this.#webhook?.notify(event)
        },
      },
      onStatus: (status) => onStatus({ plan: planFor(own, status), state: stateFor(plan, status) }),
    })
    this.#controller = controller
    await controller.start()
    privacy.reports.reportTo((violation) => reportViolation(controller, violation, instance))
    this.#parts.sampler?.start()
  }
}

/**
 * This instance's services by the adopted plan, so that every instance draws alike and lists alike, also one of another
 * version. What only this instance has is its own.
 */
function planFor(own: Plan, { plan }: RolloutStatus): Plan {
  if (plan === undefined) return own
  const services = Object.entries(own.services).map(([service, one]) => [service, plan.services[service] ?? one])
  return { ...plan, services: Object.fromEntries(services) as Plan['services'] }
}

/**
 * Nobody is migrated before the log says so: a service of this instance's plan that the log does not know stands at 0 %,
 * whatever its dates say, and a service that only the log knows is none of this instance's.
 */
export function stateFor(plan: PlanData, status: RolloutStatus): RolloutState {
  const { emergencyStop = false, services: known = {} } = flagStateOf(status)
  const services = Object.keys(plan.services).map((service) => [service, known[service] ?? { percentageBps: 0 }])
  return { emergencyStop, services: Object.fromEntries(services) }
}
