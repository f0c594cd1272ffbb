import type { Clock, Logger } from '@gradvis/kernel'

import type { LegacyJob } from './LegacyBackupConfig.ts'

const MIN_INTERVAL_MS = 100

/** Tells a job's watcher how far it has come, ten times a second at most. */
export class LegacyProgressReporter {
  readonly #job: LegacyJob
  readonly #clock: Clock
  readonly #logger: Logger
  #step = ''
  #bytes = 0
  #of: number | null = null
  #lastReportMs: number | null = null

  constructor(job: LegacyJob, clock: Clock, logger: Logger) {
    this.#job = job
    this.#clock = clock
    this.#logger = logger
  }

  startStep(step: string, of: number | null): void {
    this.#step = step
    this.#bytes = 0
    this.#of = of
  }

  addBytes(bytes: number): void {
    this.#bytes += bytes
    const nowMs = this.#clock.monotonicMs()
    if (this.#lastReportMs === null || nowMs - this.#lastReportMs >= MIN_INTERVAL_MS) {
      this.#lastReportMs = nowMs
      this.#report()
    }
  }

  finish(): void {
    this.#of = this.#bytes
    this.#report()
  }

  #report(): void {
    try {
      this.#job.onProgress({ step: this.#step, bytes: this.#bytes, of: this.#of })
    } catch {
      this.#logger.warn('a progress listener failed')
    }
  }
}
