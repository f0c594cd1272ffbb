import type { Observation, Observer } from '@gradvis/base-service'
import type { Implementation } from '@gradvis/kernel'

/** A real, small observer: counts calls and sums up their time by side, and notes whatever is not a success. */
export class CountingObserver implements Observer {
  readonly calls: Record<Implementation, number> = { legacy: 0, migrated: 0 }
  readonly totalMs: Record<Implementation, number> = { legacy: 0, migrated: 0 }
  failures = 0

  record({ implementation, outcome, durationMs }: Observation): void {
    this.calls[implementation] += 1
    this.totalMs[implementation] += durationMs
    if (outcome !== 'ok') this.failures += 1
  }
}
