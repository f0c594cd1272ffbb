import type { Clock, Logger } from '@gradvis/kernel'

export type RolloutStoreOptions = Readonly<{
  /** For polling and backoff; for SQLite, also of leases, and of which events come from the future. */
  clock: Clock
  logger: Logger
  /** From 0 up to 1, for jitter. Default: a generator seeded by the system. */
  random?: (() => number) | undefined
  /** Shown to the operators of a database as the name of the connection. */
  instance?: string | undefined
  /** The most that `readWindows` gives at once, roll-ups included. At least 1. Default 5,000. */
  windowsPerPage?: number | undefined
}>
