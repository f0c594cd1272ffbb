import { z } from 'zod'

import { backupId, subjectId, typeName } from './BackupSummary.ts'
import { RetentionPolicy } from './RetentionPolicy.ts'

/**
 * Why a backup is kept: the newest always is; `daily`, `weekly`, `monthly` when it is the newest of a period that
 * counts; `oldest` when nothing else keeps it and any of these still has room. `not_needed` is the only reason to remove.
 */
export const RETENTION_REASONS = ['newest', 'daily', 'weekly', 'monthly', 'oldest', 'not_needed'] as const
export type RetentionReason = (typeof RETENTION_REASONS)[number]

export const ApplyRetention = z.strictObject({
  subject: subjectId.optional(),
  type: typeName.optional(),
  /** Decides and gives reasons, removes nothing. */
  dryRun: z.boolean().default(false),
})

export const RetentionDecision = z.strictObject({
  backupId,
  subject: subjectId,
  type: typeName,
  createdAt: z.iso.datetime(),
  keep: z.boolean(),
  reasons: z.array(z.enum(RETENTION_REASONS)).min(1),
})

export const RetentionReport = z.strictObject({
  dryRun: z.boolean(),
  policy: RetentionPolicy,
  keptCount: z.int().nonnegative(),
  /** Removed, or with `dryRun` to be removed. */
  removedCount: z.int().nonnegative(),
  removedBytes: z.int().nonnegative(),
  /** Newest first. */
  decisions: z.array(RetentionDecision),
})

export type ApplyRetention = Readonly<z.output<typeof ApplyRetention>>
export type RetentionDecision = Readonly<z.infer<typeof RetentionDecision>>
export type RetentionReport = Readonly<z.infer<typeof RetentionReport>>
