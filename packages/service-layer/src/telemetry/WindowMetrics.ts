import { type ObservationWindow, type OperationWindow, LatencySketch } from '@gradvis/rollout'
import { type Attributes, createNoopMeter, diag, type MeterProvider, metrics } from '@opentelemetry/api'

import { createInstruments, type Instruments } from './createInstruments.ts'

const NOBODY = createNoopMeter()

/** Percentages by service, for whoever collects. */
type Percentages = () => Readonly<Record<string, number>>

export type WindowMetricsOptions = Readonly<{
  percentages: Percentages
  /** Called before each collection: closes the open window where nothing else does. */
  beforeCollection?: () => void
}>

/**
 * Feeds the globally registered OpenTelemetry meter provider, also one that is registered later, from closed windows:
 * what a dashboard shows is what the judge sees. Never throws.
 */
export class WindowMetrics {
  readonly #options: WindowMetricsOptions
  #provider: MeterProvider | undefined
  #instruments: Instruments | undefined

  constructor(options: WindowMetricsOptions) {
    this.#options = options
  }

  /** Somebody has registered a meter provider. */
  get isListenedTo(): boolean {
    return this.#current() !== undefined
  }

  /** Adds what the windows counted. Each window is to be given once. */
  add(windows: readonly ObservationWindow[]): void {
    const instruments = this.#current()
    if (instruments === undefined) return
    try {
      for (const window of windows) addWindow(instruments, window)
    } catch (error) {
      diag.error('gradvis: a window could not be made into metrics', error)
    }
  }

  /** Nothing is observed any more; what was counted stays with the SDK. Idempotent. */
  stop(): void {
    const instruments = this.#instruments
    this.#instruments = undefined
    try {
      instruments?.stop()
    } catch (error) {
      diag.error('gradvis: metrics could not be taken back', error)
    }
  }

  #current(): Instruments | undefined {
    const provider = metrics.getMeterProvider()
    if (provider !== this.#provider) {
      this.stop()
      this.#provider = provider
      this.#instruments = this.#create(provider)
    }
    return this.#instruments
  }

  #create(provider: MeterProvider): Instruments | undefined {
    try {
      const meter = provider.getMeter('@gradvis/service-layer')
      return meter === NOBODY ? undefined : createInstruments(meter, this.#options)
    } catch (error) {
      diag.error('gradvis: metrics could not be set up', error)
      return undefined
    }
  }
}

function addWindow(instruments: Instruments, window: ObservationWindow): void {
  const { service, implementation, operations, findings = {}, heldBytes, sampledHeapBytes } = window
  const side = { 'gradvis.service': service, 'gradvis.implementation': implementation }
  for (const [name, counts] of Object.entries(operations))
    addOperation(instruments, { ...side, 'gradvis.operation': name }, counts)
  for (const [key, count] of Object.entries(findings)) {
    const [channel = key, kind = 'other'] = key.split(':')
    instruments.findings.add(count, { ...side, 'gradvis.finding.channel': channel, 'gradvis.finding.kind': kind })
  }
  if (heldBytes !== undefined) instruments.held.record(heldBytes, side)
  if (sampledHeapBytes !== undefined) instruments.sampledHeap.record(sampledHeapBytes, side)
}

function addOperation(instruments: Instruments, attributes: Attributes, counts: OperationWindow): void {
  const { operations, faults, refused, cancelled, rescued, cacheHits, codes, latency } = counts
  const outcomes = { ok: operations - faults - refused, fault: faults, refused, cancelled }
  for (const [outcome, count] of Object.entries(outcomes))
    if (count > 0) instruments.operations.add(count, { ...attributes, 'gradvis.outcome': outcome })
  for (const [code, count] of Object.entries(codes))
    instruments.faults.add(count, { ...attributes, 'error.type': code })
  if (rescued > 0) instruments.rescued.add(rescued, attributes)
  if (cacheHits > 0) instruments.cacheHits.add(cacheHits, attributes)
  const sketch = latency && LatencySketch.fromJSON(latency)
  const [p50, p95] = [sketch?.quantile(0.5), sketch?.quantile(0.95)]
  if (p50 !== undefined) instruments.p50.record(p50 / 1000, attributes)
  if (p95 !== undefined) instruments.p95.record(p95 / 1000, attributes)
}
