import { type SnapshotProvider, ServiceContainer, type ServiceContainerOptions } from '@gradvis/service-container'
import type { ErrorLocalizer } from '@gradvis/localization'

import type { OperationTotals } from './OperationTotals.ts'

export type ServiceLayerParts = ServiceContainerOptions &
  Readonly<{ totals: OperationTotals; localizer: ErrorLocalizer }>

/** The container with the application's three services in it. */
export class ServiceLayer extends ServiceContainer {
  /** Counts of everything that went through this layer. */
  readonly totals: OperationTotals
  /** In the language of the layer; `withLanguage` for a user with another one. */
  readonly localizer: ErrorLocalizer
  readonly #provider: SnapshotProvider

  constructor({ totals, localizer, ...options }: ServiceLayerParts) {
    super(options)
    this.totals = totals
    this.localizer = localizer
    this.#provider = options.provider
  }

  override async stop(): Promise<void> {
    this.#provider.stop()
    await super.stop()
  }
}
