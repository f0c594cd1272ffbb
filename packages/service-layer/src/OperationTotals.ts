import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'

import type { Observation, Observer, Outcome } from '@gradvis/base-service'
import { IMPLEMENTATIONS, type Implementation } from '@gradvis/kernel'

/** What one side of a service has done since the layer was created. */
export type SideTotals = Readonly<{
  operations: number
  faults: number
  /** Median duration in milliseconds; 0 before the first operation. */
  p50Ms: number
}>

type Side = { operations: number; faults: number; readonly durations: RecordableHistogram }

const IS_FAULT = { ok: 0, refused: 0, cancelled: 0, fault: 1 } satisfies Record<Outcome, number>

/** Counts every observation in memory, per service and side. Shadow calls answer nobody and are left out. */
export class OperationTotals implements Observer {
  readonly #services = new Map<string, Record<Implementation, Side>>()

  record({ service, implementation, outcome, durationMs, role }: Observation): void {
    if (role === 'shadow') return
    const side = this.#sidesOf(service)[implementation]
    side.operations += 1
    side.faults += IS_FAULT[outcome]
    // The histogram holds whole numbers from 1 on: nanoseconds keep what a millisecond would round away.
    side.durations.record(Math.max(1, Math.round(durationMs * 1e6)))
  }

  of(service: string): Readonly<Record<Implementation, SideTotals>> {
    const sides = this.#sidesOf(service)
    const total = (implementation: Implementation) => {
      const { operations, faults, durations } = sides[implementation]
      return { operations, faults, p50Ms: operations === 0 ? 0 : durations.percentile(50) / 1e6 }
    }
    return { legacy: total('legacy'), migrated: total('migrated') }
  }

  #sidesOf(service: string): Record<Implementation, Side> {
    const existing = this.#services.get(service)
    if (existing) return existing
    const created = Object.fromEntries(
      IMPLEMENTATIONS.map((side) => [side, { operations: 0, faults: 0, durations: createHistogram() }]),
    ) as unknown as Record<Implementation, Side>
    this.#services.set(service, created)
    return created
  }
}
