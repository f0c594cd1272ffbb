import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'

/** Some megabytes of JSON. */
const DEFAULT = 5_000

/** A page of none would never end. */
export function windowsPerPage({
  windowsPerPage: wanted = DEFAULT,
}: Pick<RolloutStoreOptions, 'windowsPerPage'>): number {
  return Math.max(1, wanted)
}
