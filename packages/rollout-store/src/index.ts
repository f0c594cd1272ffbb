export { openRolloutStore } from './openRolloutStore.ts'
export { rolloutStoreErrors } from './rolloutStoreErrors.ts'
export type { RolloutStoreOptions } from './RolloutStoreOptions.ts'
export { openSqliteStore } from './sqlite/openSqliteStore.ts'
