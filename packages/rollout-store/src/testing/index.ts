export { describeRolloutStore } from './describeRolloutStore.ts'
export { type PostgresServer, startPostgres } from './startPostgres.ts'
export type { OpenStoreRig, StoreRig } from './StoreRig.ts'
