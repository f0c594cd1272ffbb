import type { AnyServiceToken, ServiceToken } from '@gradvis/base-service'
import type { Clock } from '@gradvis/kernel'
import type { ScenarioFault, ServiceStatus } from '@gradvis/rollout'
import type { ServiceLayer } from '@gradvis/service-layer'

import { CallFaults } from './CallFaults.ts'

const MINUTE_MS = 60_000
const USUAL_ERROR_RATE = 0.05
const USUAL_FACTOR = 2

/** What can be made to happen to services that really run. */
export const INJECTED_KINDS = ['errors', 'latency', 'security', 'gdpr'] as const satisfies ScenarioFault['kind'][]
type Incident = Extract<ScenarioFault['kind'], 'security' | 'gdpr'>

export type FaultInjectorOptions = Readonly<{
  faults: readonly ScenarioFault[]
  tokens: readonly AnyServiceToken[]
  layer: ServiceLayer
  subjects: readonly string[]
  clock: Clock
  random: () => number
  /** Divides the minutes that a fault waits after its phase has begun. */
  factor: number
  onFault: (fault: ScenarioFault) => void
}>

/**
 * Breaks migrated sides from outside, for demonstrations. The running instance is decorated in place, because there is
 * no way to put a fault into a service layer, which is as it should be: production has none either.
 */
export class FaultInjector {
  readonly #options: FaultInjectorOptions
  readonly #begun = new Set<ScenarioFault>()
  /** Epoch milliseconds at which a fault's phase was reached. */
  readonly #reachedMs = new Map<ScenarioFault, number>()
  readonly #calls = new Map<string, CallFaults>()
  readonly #decorated = new WeakSet<object>()

  constructor(options: FaultInjectorOptions) {
    this.#options = options
  }

  /** Begins what is due, and returns the incidents that happen now, each once. To be called often. */
  async follow(
    services: Readonly<Record<string, ServiceStatus>>,
  ): Promise<readonly (ScenarioFault & { kind: Incident })[]> {
    const { faults, clock, factor, onFault } = this.#options
    const begin = faults.filter((fault) => {
      const status = services[fault.service]
      if (status === undefined || this.#begun.has(fault)) return false
      if (!this.#reachedMs.has(fault) && isReached(fault, status)) this.#reachedMs.set(fault, clock.now())
      const reachedMs = this.#reachedMs.get(fault) ?? Number.POSITIVE_INFINITY
      return clock.now() >= reachedMs + (fault.afterMinutes * MINUTE_MS) / factor
    })
    for (const fault of begin) {
      this.#begun.add(fault)
      this.#set(fault)
      onFault(fault)
    }
    for (const service of this.#calls.keys()) if (isServing(services[service])) await this.#decorate(service)
    return begin.filter(isIncident)
  }

  #set({ service, kind, value }: ScenarioFault): void {
    if (kind !== 'errors' && kind !== 'latency') return
    const calls = this.#calls.get(service) ?? new CallFaults(this.#options.clock, this.#options.random)
    this.#calls.set(service, calls)
    if (kind === 'errors') calls.errorRate = value ?? USUAL_ERROR_RATE
    else calls.latencyFactor = value ?? USUAL_FACTOR
  }

  /** A side that was drained and started again is another object. */
  async #decorate(service: string): Promise<void> {
    const { layer, subjects, tokens } = this.#options
    const token = tokens.find(({ contract }) => contract.name === service)
    const calls = this.#calls.get(service)
    if (token === undefined || calls === undefined) return
    const isMigrated = (subject: string) => layer.explain(token, subject).decision.implementation === 'migrated'
    const subject = subjects.find(isMigrated)
    if (subject === undefined) return
    const { service: instance, implementation } = await layer.resolve(token as ServiceToken, subject)
    if (implementation !== 'migrated' || this.#decorated.has(instance)) return
    this.#decorated.add(instance)
    const methods = instance as unknown as Record<string, Parameters<CallFaults['wrap']>[0]>
    for (const name of Object.keys(token.contract.operations)) {
      const method = methods[name]
      if (method) methods[name] = calls.wrap(method.bind(instance))
    }
  }
}

function isReached({ from }: ScenarioFault, status: ServiceStatus): boolean {
  if (!('percentageBps' in status)) return false
  return typeof from === 'string' ? status.phase === from : status.percentageBps >= Math.max(1, (from ?? 0) * 100)
}

function isServing(status: ServiceStatus | undefined): boolean {
  return status !== undefined && 'percentageBps' in status && status.percentageBps > 0
}

function isIncident(fault: ScenarioFault): fault is ScenarioFault & { kind: Incident } {
  return fault.kind === 'security' || fault.kind === 'gdpr'
}
