import type { RolloutStore } from '@gradvis/rollout'

import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'

/** A fresh store for one test. Disposing closes every store that was opened and removes the data. */
export interface StoreRig extends AsyncDisposable {
  readonly store: RolloutStore
  /** Another one on the same data, as another process would open it. */
  openAnother(options?: Partial<RolloutStoreOptions>): Promise<RolloutStore>
}

export type OpenStoreRig = () => Promise<StoreRig>
