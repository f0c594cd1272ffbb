import { type SnapshotProvider, ServiceContainer, type ServiceContainerOptions } from '@gradvis/service-container'
import type { ErrorLocalizer } from '@gradvis/localization'
import type { RolloutController } from '@gradvis/rollout'

import type { LayerRollout } from './rollout/LayerRollout.ts'
import type { OperationTotals } from './OperationTotals.ts'

export type ServiceLayerParts = ServiceContainerOptions &
  Readonly<{ totals: OperationTotals; localizer: ErrorLocalizer; rollout?: LayerRollout }>

/** The container with the application's three services in it. */
export class ServiceLayer extends ServiceContainer {
  /** Counts of everything that went through this layer. */
  readonly totals: OperationTotals
  /** In the language of the layer; `withLanguage` for a user with another one. */
  readonly localizer: ErrorLocalizer
  readonly #provider: SnapshotProvider
  readonly #rollout: LayerRollout | undefined

  constructor({ totals, localizer, rollout, ...options }: ServiceLayerParts) {
    super(options)
    this.#rollout = rollout
    this.totals = totals
    this.localizer = localizer
    this.#provider = options.provider
  }

  /** What runs the rollout; undefined before `start`, and for a layer without one. */
  get rollout(): RolloutController | undefined {
    return this.#rollout?.controller
  }

  /**
   * Starts the rollout, where there is one: until then everybody is on legacy. Resolves when the store was read or is
   * known to be away. Rejects with `rollout_store.…` when the store cannot be used at all.
   */
  async start(): Promise<void> {
    await this.#rollout?.start()
  }

  override async stop(): Promise<void> {
    await this.#rollout?.stop()
    this.#provider.stop()
    await super.stop()
  }
}
