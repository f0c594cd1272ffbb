import type { Observer } from '@gradvis/base-service'
import type { WindowRecorder, WindowRecorderOptions } from '@gradvis/rollout'
import type { SnapshotProvider } from '@gradvis/service-container'

import { MeteredWindowRecorder } from './MeteredWindowRecorder.ts'
import { OpenTelemetryTracer } from './OpenTelemetryTracer.ts'
import { WindowMetrics } from './WindowMetrics.ts'

export type LayerTelemetryParts = Readonly<{
  windows: WindowRecorderOptions
  /** A rollout closes the windows. Otherwise they end when metrics are collected, and nobody else reads them. */
  hasRollout: boolean
  provider: SnapshotProvider
}>

/** Spans and metrics of a layer through `@opentelemetry/api`; next to nothing where no SDK is registered. */
export class LayerTelemetry {
  readonly tracer: OpenTelemetryTracer = new OpenTelemetryTracer()
  readonly recorder: WindowRecorder
  /** Is to be told of every call. */
  readonly observer: Observer
  readonly #metrics: WindowMetrics
  readonly #closeWindow: () => void

  constructor({ windows, hasRollout, provider }: LayerTelemetryParts) {
    this.#closeWindow = () => {
      if (!hasRollout) this.recorder.close()
    }
    this.#metrics = new WindowMetrics({
      percentages: () => percentagesOf(provider),
      beforeCollection: this.#closeWindow,
    })
    this.recorder = new MeteredWindowRecorder(windows, this.#metrics)
    this.observer = hasRollout ? this.recorder : this.#whileListenedTo()
  }

  /** After the last call. The SDK keeps what was counted until then. Idempotent. */
  stop(): void {
    this.#closeWindow()
    this.#metrics.stop()
  }

  #whileListenedTo(): Observer {
    const [listening, recorder] = [this.#metrics, this.recorder]
    return {
      record(observation) {
        if (listening.isListenedTo) recorder.record(observation)
      },
    }
  }
}

function percentagesOf({ current }: SnapshotProvider): Readonly<Record<string, number>> {
  const services = Object.entries(current.services)
  return Object.fromEntries(services.map(([service, { percentageBps }]) => [service, percentageBps / 100]))
}
