import { abortable, type Clock, type Logger } from '@gradvis/kernel'

import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { codeOf } from './codeOf.ts'
import type { Probe, ProbeResult } from './Probe.ts'

export type ProbeOptions = Readonly<{
  probes: readonly Probe[]
  clock: Clock
  logger: Logger
  /** A report older than this is renewed while the phase lasts. Default one hour. */
  intervalMs?: number | undefined
  /** A probe that takes longer has failed. Default 60,000. */
  timeoutMs?: number | undefined
}>

export type ProbeReportDue = Readonly<{ probe: Probe; result: ProbeResult }>

/** Runs the probes that a gate waits for, one at a time, beside everything else. */
export class ProbeRunner {
  readonly #options: ProbeOptions
  readonly #abort = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #isBusy = false

  constructor(options: ProbeOptions) {
    this.#options = options
  }

  /** Begins what is due, unless something still runs. `report` is told of each result as it comes. */
  runDue(status: RolloutStatus, report: (due: ProbeReportDue) => Promise<void>): void {
    const due = this.#due(status)
    if (this.#isBusy || due.length === 0 || this.#abort.signal.aborted) return
    this.#isBusy = true
    this.#running = this.#runAll(due, report).finally(() => (this.#isBusy = false))
  }

  /** Aborts what runs and waits for it. */
  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#running
  }

  #due({ plan, services, emergencyStop }: RolloutStatus): readonly Probe[] {
    const { probes, clock, intervalMs = 3_600_000 } = this.#options
    if (emergencyStop) return []
    return probes.filter(({ service, id }) => {
      const one = services[service]
      if (one?.status !== 'running') return false
      const gate = plan?.services[service]?.phases.find(({ name }) => name === one.phase)?.gate ?? []
      const isAsked = gate.some((criterion) => criterion.evidence.kind === 'probe' && criterion.id === id)
      const last = one.probes[id]
      return isAsked && (last === undefined || last.at < one.phaseSinceMs || clock.now() - last.at >= intervalMs)
    })
  }

  async #runAll(due: readonly Probe[], report: (due: ProbeReportDue) => Promise<void>): Promise<void> {
    for (const probe of due) {
      if (this.#abort.signal.aborted) return
      const result = await this.#run(probe)
      if (this.#abort.signal.aborted) return
      try {
        await report({ probe, result })
      } catch (error) {
        const { service, id } = probe
        this.#options.logger.warn('probe result could not be stored', { service, probe: id, code: codeOf(error) })
      }
    }
  }

  async #run({ service, id, run }: Probe): Promise<ProbeResult> {
    const { clock, logger, timeoutMs = 60_000 } = this.#options
    const timeout = new AbortController()
    using _timer = clock.schedule(timeoutMs, () => timeout.abort(new DOMException('probe', 'TimeoutError')))
    const signal = AbortSignal.any([this.#abort.signal, timeout.signal])
    try {
      // A probe that ignores its signal must not hold up the others.
      return await abortable(run(signal), signal)
    } catch (error) {
      logger.warn('probe failed', { service, probe: id, code: codeOf(error) })
      return { passed: false, evidence: { error: codeOf(error) } }
    }
  }
}
