import type { BatchObservableCallback, Counter, Gauge, Meter } from '@opentelemetry/api'

import type { WindowMetricsOptions } from './WindowMetrics.ts'

export type Instruments = Readonly<{
  operations: Counter
  faults: Counter
  rescued: Counter
  cacheHits: Counter
  findings: Counter
  p50: Gauge
  p95: Gauge
  held: Gauge
  sampledHeap: Gauge
  /** Observes nothing from now on. */
  stop: () => void
}>

/** Units are UCUM. A window has quantiles and no single durations, so there are gauges of them and no histogram. */
export function createInstruments(meter: Meter, { percentages, beforeCollection }: WindowMetricsOptions): Instruments {
  const counter = (name: string, unit: string, description: string) => meter.createCounter(name, { unit, description })
  const gauge = (name: string, unit: string, description: string) => meter.createGauge(name, { unit, description })
  const percentage = meter.createObservableGauge('gradvis.rollout.percentage', {
    unit: '%',
    description: 'Share of the subjects that the plan sends to the migrated side.',
  })
  const observe: BatchObservableCallback = (result) => {
    beforeCollection?.()
    for (const [service, percent] of Object.entries(percentages()))
      result.observe(percentage, percent, { 'gradvis.service': service })
  }
  meter.addBatchObservableCallback(observe, [percentage])
  return {
    operations: counter('gradvis.operations', '{operation}', 'Calls that ended, by outcome.'),
    faults: counter('gradvis.operation.faults', '{fault}', 'Calls that failed by the service’s own fault, by code.'),
    rescued: counter('gradvis.operation.rescued', '{operation}', 'Faults that legacy answered for.'),
    cacheHits: counter('gradvis.operation.cache_hits', '{operation}', 'Calls answered from the cache.'),
    findings: counter('gradvis.privacy.findings', '{finding}', 'Personal data found in what a service emitted.'),
    p50: gauge('gradvis.operation.duration.p50', 's', 'Median duration of calls that went well, last window.'),
    p95: gauge('gradvis.operation.duration.p95', 's', '95th percentile of the same durations.'),
    held: gauge('gradvis.memory.held', 'By', 'What the implementation says that it holds.'),
    sampledHeap: gauge('gradvis.memory.sampled_heap', 'By', 'Live heap that its code has allocated, estimated.'),
    stop: () => meter.removeBatchObservableCallback(observe, [percentage]),
  }
}
