import type { Observation, Observer } from '@gradvis/base-service'
import type { Implementation } from '@gradvis/kernel'

export type TallyCounts = Readonly<{ operations: number; faults: number; rescued: number }>

/** What each side has done in the whole demonstration, across phases. Calls on behalf of subjects only. */
export class Tally implements Observer {
  readonly #counts = new Map<string, { operations: number; faults: number; rescued: number }>()

  record({ service, implementation, outcome, rescued, role }: Observation): void {
    if (role !== 'primary' || outcome === 'cancelled') return
    const key = `${service} ${implementation}`
    const counts = this.#counts.get(key) ?? { operations: 0, faults: 0, rescued: 0 }
    this.#counts.set(key, counts)
    counts.operations += 1
    if (outcome === 'fault') counts.faults += 1
    if (rescued) counts.rescued += 1
  }

  of(service: string, implementation: Implementation): TallyCounts {
    return { operations: 0, faults: 0, rescued: 0, ...this.#counts.get(`${service} ${implementation}`) }
  }
}
