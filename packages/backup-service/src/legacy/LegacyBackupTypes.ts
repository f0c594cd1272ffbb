import type { Damage } from '../contract/VerificationReport.ts'
import type { LegacyKeepRules } from './LegacyBackupConfig.ts'
import type { LegacyVerdict } from './LegacyKeepPlan.ts'

export type LegacyName = Readonly<{ owner: string; id: string }>

export type LegacyQuery = Readonly<{ owner: string | null; kind: string | null; count: number; after: string | null }>

export type LegacyCheckResult = Readonly<{ ok: boolean; problems: readonly Damage[]; entries: number; bytes: number }>

export type LegacyRecovery = Readonly<{ records: number; files: number; bytes: number; filesLeftOut: number }>

export type LegacyThinning = Readonly<{ rules: LegacyKeepRules; verdicts: readonly LegacyVerdict[] }>
