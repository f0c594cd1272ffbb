import { type ObservationWindow, WindowRecorder, type WindowRecorderOptions } from '@gradvis/rollout'

import type { WindowMetrics } from './WindowMetrics.ts'

/** A recorder whose windows also become metrics, each when it is closed: nothing is counted a second time for them. */
export class MeteredWindowRecorder extends WindowRecorder {
  readonly #metrics: WindowMetrics

  constructor(options: WindowRecorderOptions, metrics: WindowMetrics) {
    super(options)
    this.#metrics = metrics
  }

  override close(): readonly ObservationWindow[] {
    const windows = super.close()
    this.#metrics.add(windows)
    return windows
  }
}
