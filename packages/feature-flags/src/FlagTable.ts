import { flagErrors } from './flagErrors.ts'

export type FlagRow = Readonly<{
  /** Part of what is hashed: a changed key moves every subject to another bucket. Printable ASCII. */
  flagKey: string
  environmentVariable: `USE_MIGRATED_${string}`
  owner: string
  purpose: string
  /** ISO date after which the flag, and legacy with it, should be gone. */
  removeBy: string
}>

/** One row per service, under the service's name. */
export type FlagTable = Readonly<Record<string, FlagRow>>

/** Throws `flags.invalid_flag_table` when two services share a key or a variable, or a key cannot be hashed. */
export function assertFlagTable(flags: FlagTable): void {
  const owners = new Map<string, string>()
  for (const [service, { flagKey, environmentVariable }] of Object.entries(flags)) {
    if (!/^[!-~]+$/.test(flagKey)) throw flagErrors.create('invalid_flag_key', { service, flagKey })
    for (const value of [flagKey, environmentVariable]) {
      const other = owners.get(value)
      if (other !== undefined) throw flagErrors.create('shared_flag', { value, service, other })
      owners.set(value, service)
    }
  }
}
