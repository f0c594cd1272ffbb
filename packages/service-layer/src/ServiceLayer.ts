import { type SnapshotProvider, ServiceContainer, type ServiceContainerOptions } from '@gradvis/service-container'
import type { ErrorLocalizer } from '@gradvis/localization'
import type { RolloutController } from '@gradvis/rollout'

import { LayerAudit } from './audit/LayerAudit.ts'
import type { LayerPrivacy } from './privacy/LayerPrivacy.ts'
import type { LeakCount } from './privacy/LeakReports.ts'
import type { LayerRollout } from './rollout/LayerRollout.ts'
import type { OperationTotals } from './OperationTotals.ts'
import type { LayerTelemetry } from './telemetry/LayerTelemetry.ts'

export type ServiceLayerParts = ServiceContainerOptions &
  Readonly<{
    totals: OperationTotals
    localizer: ErrorLocalizer
    privacy: LayerPrivacy
    telemetry: LayerTelemetry
    rollout?: LayerRollout
  }>

/** The container with the application's three services in it. */
export class ServiceLayer extends ServiceContainer {
  /** Counts of everything that went through this layer. */
  readonly totals: OperationTotals
  /** In the language of the layer; `withLanguage` for a user with another one. */
  readonly localizer: ErrorLocalizer
  readonly #provider: SnapshotProvider
  readonly #rollout: LayerRollout | undefined
  readonly #privacy: LayerPrivacy
  readonly #telemetry: LayerTelemetry
  readonly #audit: ServiceLayerParts['audit']

  constructor({ totals, localizer, privacy, telemetry, rollout, ...options }: ServiceLayerParts) {
    super(options)
    this.#privacy = privacy
    this.#audit = options.audit
    this.#rollout = rollout
    this.#telemetry = telemetry
    this.totals = totals
    this.localizer = localizer
    this.#provider = options.provider
  }

  /** What runs the rollout; undefined before `start`, and for a layer without one. */
  get rollout(): RolloutController | undefined {
    return this.#rollout?.controller
  }

  /** Personal data that was found in what the services emitted, since the layer was created. */
  get leaks(): readonly LeakCount[] {
    return this.#privacy.reports.counts
  }

  /**
   * Starts the rollout, where there is one: until then everybody is on legacy. Resolves when the store was read or is
   * known to be away. Rejects with `rollout_store.…` when the store cannot be used at all, and with `audit.…_key` when the
   * audit trail was begun with another key.
   */
  async start(): Promise<void> {
    if (this.#audit instanceof LayerAudit) await this.#audit.start()
    await this.#rollout?.start()
  }

  override async stop(): Promise<void> {
    await this.#privacy.reports.stop()
    await this.#rollout?.stop()
    this.#provider.stop()
    await super.stop()
    if (this.#audit instanceof LayerAudit) await this.#audit.stop()
    this.#telemetry.stop()
  }
}
