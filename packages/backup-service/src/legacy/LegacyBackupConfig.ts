import type { Clock, Logger } from '@gradvis/kernel'

import type { BackupSource } from '../BackupSource.ts'
import type { RestoreTarget } from '../RestoreTarget.ts'

export type LegacyBackupConfig = Readonly<{
  directory: string
  recordSource: BackupSource | null
  recordTarget: RestoreTarget | null
  readableDirectories: readonly string[]
  writableDirectories: readonly string[]
  leftoverMaxAgeMs: number
  makeId: () => string
  clock: Clock
  random: () => number
  logger: Logger
}>

type LegacyProgress = Readonly<{ step: string; bytes: number; of: number | null }>

/** How a caller watches and ends one job. */
export type LegacyJob = Readonly<{
  signal: AbortSignal
  onProgress: (progress: LegacyProgress) => void
}>

export type LegacyParts = Readonly<{
  /** `all`, or the types wanted; null for no records. */
  recordTypes: readonly string[] | 'all' | null
  directories: readonly string[]
}>

export type LegacyKeepRules = Readonly<{ days: number; weeks: number; months: number }>
