import type { Clock, Disposer, Logger } from '@gradvis/kernel'
import { isViolation, type LeakFinding } from '@gradvis/privacy'

/** How often an incident is tried to be reported while the store is away. */
const RETRY_MS = 1_000
/** Different findings that are logged and counted apart; the rest are counted together. */
const MAX_DIFFERENT = 1_000
const OTHER = 'other'

/** How often something was found since the layer was created. */
export type LeakCount = LeakFinding & Readonly<{ count: number }>

/** Of the migrated side, so its service is known. */
export type Violation = LeakFinding & Readonly<{ service: string }>

/** Takes a service back because of a violation. Rejects while that cannot be written. */
export type ReportViolation = (violation: Violation) => Promise<void>

export type LeakReportsOptions = Readonly<{
  clock: Clock
  /** Not the guarded one: a report of a leak must not be searched for leaks. */
  logger: Logger
  /** Told of every finding, each time. */
  onFinding?: ((finding: LeakFinding) => void) | undefined
}>

/**
 * What becomes of findings: counted, logged once each, and on the migrated side reported to the rollout as a GDPR
 * violation, until that has been written down.
 */
export class LeakReports {
  readonly #options: LeakReportsOptions
  readonly #counts = new Map<string, LeakCount>()
  readonly #waiting = new Map<string, Violation>()
  #report: ReportViolation | undefined
  #reporting: Promise<void> = Promise.resolve()
  #isReporting = false
  #retry: Disposer | undefined
  #isStopped = false

  constructor(options: LeakReportsOptions) {
    this.#options = options
  }

  get counts(): readonly LeakCount[] {
    return [...this.#counts.values()]
  }

  /** Synchronous. */
  readonly add = (finding: LeakFinding): void => {
    this.#count(finding)
    this.#options.onFinding?.(finding)
    const { service } = finding
    if (service === undefined || !isViolation(finding)) return
    this.#waiting.set(service, { ...finding, service })
    this.#flush()
  }

  /** From now on violations are reported there, those that were found before too. */
  reportTo(report: ReportViolation): void {
    this.#report = report
    this.#flush()
  }

  /** Resolves when what was being reported is written or given up. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#retry?.()
    await this.#reporting
  }

  #count(finding: LeakFinding): void {
    const { service, implementation, channel, kind, path } = finding
    const own = [service, implementation, channel, kind, path].join('\0')
    const isNew = !this.#counts.has(own)
    const key = isNew && this.#counts.size >= MAX_DIFFERENT ? OTHER : own
    this.#counts.set(key, { ...finding, count: (this.#counts.get(key)?.count ?? 0) + 1 })
    // Once: what leaks does so at every call.
    if (isNew && key === own) this.#options.logger.warn('personal data in what a service emits', { ...finding })
  }

  #flush(): void {
    // While a retry is due nothing is tried before it: what leaks may do so a thousand times a second.
    if (this.#report !== undefined && !this.#isStopped && !this.#isReporting && this.#retry === undefined)
      this.#reporting = this.#reportAll(this.#report)
  }

  async #reportAll(report: ReportViolation): Promise<void> {
    this.#isReporting = true
    let isWritten = true
    for (const [service, violation] of this.#waiting)
      isWritten = (await this.#write(report, service, violation)) && isWritten
    // At once and not a moment later: what is found from here on begins anew.
    this.#isReporting = false
    if (!isWritten && !this.#isStopped) this.#retry = this.#options.clock.schedule(RETRY_MS, this.#tryAgain)
  }

  readonly #tryAgain = (): void => {
    this.#retry = undefined
    this.#flush()
  }

  /** Never rejects: what cannot be written for one service must not hold up what is to be written for the others. */
  async #write(report: ReportViolation, service: string, violation: Violation): Promise<boolean> {
    try {
      await report(violation)
      this.#waiting.delete(service)
      return true
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      this.#options.logger.error('a violation could not be reported to the rollout yet', { service, code })
      return false
    }
  }
}
