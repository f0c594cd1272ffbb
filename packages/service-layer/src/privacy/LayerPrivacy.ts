import type { ServiceContext } from '@gradvis/base-service'
import type { Clock, Logger } from '@gradvis/kernel'
import {
  type Classification,
  guardAuditTrail,
  guardError,
  guardLogger,
  LeakGuard,
  type LeakFinding,
  type LeakGuardMode,
  type LeakSource,
  type Pseudonyms,
} from '@gradvis/privacy'

import { LeakReports } from './LeakReports.ts'

export type PrivacyOptions = Readonly<{
  /**
   * `redact` (the default) takes personal data out of whatever the services emit; `observe` reports it and leaves it in:
   * for development, where somebody wants to see what it was.
   */
  mode?: LeakGuardMode
  /** Told of every finding, each time it occurs. */
  onFinding?: (finding: LeakFinding) => void
}>

export type LayerPrivacyParts = Readonly<{
  options: PrivacyOptions
  clock: Clock
  logger: Logger
  classifications: Readonly<Record<string, Classification>>
  pseudonyms: Pseudonyms | undefined
  /** Besides the reports: counts findings in windows. */
  onFinding?: ((finding: LeakFinding) => void) | undefined
}>

/** The leak guard around everything that the services and the layer emit. */
export class LayerPrivacy {
  readonly guard: LeakGuard
  readonly reports: LeakReports

  constructor({ options, clock, logger, classifications, pseudonyms, onFinding }: LayerPrivacyParts) {
    this.reports = new LeakReports({
      clock,
      logger,
      onFinding(finding) {
        onFinding?.(finding)
        options.onFinding?.(finding)
      },
    })
    this.guard = new LeakGuard({ mode: options.mode, onFinding: this.reports.add, classifications, pseudonyms })
  }

  /** The context of one implementation, whose lines and audit entries pass the guard. */
  contextFor(service: string, context: ServiceContext): ServiceContext {
    const source = { service, implementation: context.implementation }
    const logger = guardLogger(context.logger, this.guard, source)
    return { ...context, logger, audit: context.audit && guardAuditTrail(context.audit, this.guard) }
  }

  /** A failure as it may leave the service that it comes from. */
  readonly cleanError = (error: unknown, source: LeakSource): unknown => guardError(error, this.guard, source)
}
