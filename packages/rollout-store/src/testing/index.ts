export { describeRolloutStore } from './describeRolloutStore.ts'
export type { OpenStoreRig, StoreRig } from './StoreRig.ts'
