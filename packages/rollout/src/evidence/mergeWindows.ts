import { LatencySketch } from '../statistics/LatencySketch.ts'
import { knownAmounts } from './MemoryAmount.ts'
import type { ObservationWindow, OperationWindow } from './ObservationWindow.ts'

/**
 * Two windows of one side of a service as one that spans both: counts and sketches add up, bytes are those of the
 * later one. Neither is changed. Service, implementation and instance are taken from the earlier one.
 */
export function mergeWindows(earlier: ObservationWindow, later: ObservationWindow): ObservationWindow {
  const findings = earlier.findings && later.findings && addCounts(earlier.findings, later.findings)
  const known = findings ?? earlier.findings ?? later.findings
  const process = later.process ?? earlier.process
  const names = new Set([...Object.keys(earlier.operations), ...Object.keys(later.operations)])
  const operations = [...names].map((name) => [name, addOperations(earlier.operations[name], later.operations[name])])
  return {
    ...earlier,
    startMs: Math.min(earlier.startMs, later.startMs),
    endMs: Math.max(earlier.endMs, later.endMs),
    operations: Object.fromEntries(operations),
    ...knownAmounts(earlier),
    ...knownAmounts(later),
    ...(known && { findings: known }),
    ...(process && { process }),
  }
}

function addOperations(one: OperationWindow | undefined, other: OperationWindow | undefined): OperationWindow {
  if (one === undefined || other === undefined) return (one ?? other) as OperationWindow
  const latency = addSketches(one.latency, other.latency)
  return {
    operations: one.operations + other.operations,
    faults: one.faults + other.faults,
    rescued: one.rescued + other.rescued,
    refused: one.refused + other.refused,
    cancelled: one.cancelled + other.cancelled,
    cacheHits: one.cacheHits + other.cacheHits,
    codes: addCounts(one.codes, other.codes),
    ...(latency && { latency }),
  }
}

type Counts = Readonly<Record<string, number>>

function addCounts(one: Counts, other: Counts): Record<string, number> {
  const sum = { ...one }
  for (const [code, count] of Object.entries(other)) sum[code] = (sum[code] ?? 0) + count
  return sum
}

/** A sketch that cannot be read counts for nothing, here as anywhere. */
function addSketches(one: OperationWindow['latency'], other: OperationWindow['latency']): OperationWindow['latency'] {
  const [first, second] = [LatencySketch.fromJSON(one), LatencySketch.fromJSON(other)]
  return (first && second ? first.merge(second) : (first ?? second))?.toJSON()
}
