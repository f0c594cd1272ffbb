import type { ObservationWindow, OperationWindow } from '../evidence/ObservationWindow.ts'
import { LatencySketch } from '../statistics/LatencySketch.ts'

type OperationCase = Partial<Omit<OperationWindow, 'latency'>> &
  Readonly<{
    /** Response times of the calls that went well, in ms. */
    durationsMs?: readonly number[]
  }>

type WindowCase = Partial<Omit<ObservationWindow, 'operations'>> &
  Readonly<{ startMs: number; operations?: Readonly<Record<string, OperationCase>> }>

const TEN_SECONDS_MS = 10_000

/** Ten seconds of the migrated BackupService on one instance, unless the case says otherwise. */
export function windowOf({ operations = {}, ...rest }: WindowCase): ObservationWindow {
  return {
    instance: 'instance-1',
    service: 'BackupService',
    implementation: 'migrated',
    endMs: rest.startMs + TEN_SECONDS_MS,
    operations: Object.fromEntries(Object.entries(operations).map(([name, one]) => [name, operationOf(one)])),
    ...rest,
  }
}

function operationOf({ durationsMs, ...counts }: OperationCase): OperationWindow {
  const operations = counts.operations ?? (durationsMs?.length ?? 0) + (counts.faults ?? 0) + (counts.refused ?? 0)
  const zeros = { faults: 0, rescued: 0, refused: 0, cancelled: 0, cacheHits: 0, codes: {} }
  return { ...zeros, ...counts, operations, ...(durationsMs && { latency: sketchOf(durationsMs).toJSON() }) }
}

export function sketchOf(durationsMs: readonly number[]): LatencySketch {
  const sketch = new LatencySketch()
  for (const duration of durationsMs) sketch.record(duration)
  return sketch
}

/** Steady traffic, a window a minute: `faults` of `operations` in each. */
export function traffic(options: {
  from: number
  minutes: number
  operations?: number
  faults?: number
  service?: string
}): ObservationWindow[] {
  const { from, minutes, operations = 100, faults = 0, service = 'BackupService' } = options
  return Array.from({ length: minutes }, (_, minute) =>
    windowOf({
      service,
      startMs: from + minute * 60_000,
      endMs: from + (minute + 1) * 60_000,
      operations: { createBackup: { operations, faults } },
    }),
  )
}
