import type { ServiceStatus } from '../state/RolloutStatus.ts'
import { FAULT_VALUES, type FaultKind, type ScenarioFault } from './Scenario.ts'

const MINUTE_MS = 60_000

/** Which of a service's faults have begun. Once begun, a fault lasts. */
export class FaultScript {
  readonly #faults: readonly ScenarioFault[]
  /** Epoch milliseconds at which a fault begins, once that is known. */
  readonly #beginsMs = new Map<ScenarioFault, number>()
  readonly #reported = new Set<ScenarioFault>()

  constructor(faults: readonly ScenarioFault[]) {
    this.#faults = faults
  }

  /** To be told of every status, in order of time. */
  follow(status: ServiceStatus, now: number): void {
    for (const fault of this.#faults)
      if (!this.#beginsMs.has(fault) && isReached(fault, status))
        this.#beginsMs.set(fault, now + fault.afterMinutes * MINUTE_MS)
  }

  /** The value of a fault that is there now; undefined while there is none of the kind. */
  valueOf(kind: FaultKind, now: number): number | undefined {
    return this.#begun(kind, now).map(({ value }) => value ?? FAULT_VALUES[kind]?.usual ?? 0)[0]
  }

  /** How long the fault has been there, in ms. */
  ageMs(kind: FaultKind, now: number): number {
    const fault = this.#begun(kind, now)[0]
    return fault === undefined ? 0 : now - (this.#beginsMs.get(fault) ?? now)
  }

  /** Incidents that happen now: each once. */
  takeIncidents(now: number): readonly ('security' | 'gdpr')[] {
    return (['security', 'gdpr'] as const).flatMap((kind) => {
      const fresh = this.#begun(kind, now).filter((fault) => !this.#reported.has(fault))
      for (const fault of fresh) this.#reported.add(fault)
      return fresh.map(() => kind)
    })
  }

  #begun(kind: FaultKind, now: number): readonly ScenarioFault[] {
    return this.#faults.filter((fault) => fault.kind === kind && (this.#beginsMs.get(fault) ?? Infinity) <= now)
  }
}

function isReached({ from }: ScenarioFault, status: ServiceStatus): boolean {
  if (!('percentageBps' in status)) return false
  if (typeof from === 'string') return status.phase === from
  return status.percentageBps >= (from ?? 0) * 100
}
