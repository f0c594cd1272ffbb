import type { RetentionDecision, RetentionReason } from '../contract/ApplyRetention.ts'
import type { BackupSummary } from '../contract/BackupSummary.ts'
import type { RetentionPolicy } from '../contract/RetentionPolicy.ts'
import { stockholmPeriods } from './stockholmPeriods.ts'

const RULES = ['daily', 'weekly', 'monthly'] as const

/**
 * What a policy keeps of backups given newest first, as `restic forget` does it (ApplyPolicy): per subject and type,
 * every rule on its own keeps the newest backup of each period until its count is used up, so one backup may serve
 * several rules; and the oldest is kept while any rule has counts left, so that history grows before it is thinned.
 */
export function planRetention(
  backups: readonly BackupSummary[],
  policy: RetentionPolicy,
): readonly RetentionDecision[] {
  const groups = Map.groupBy(backups, ({ subject, type }) => JSON.stringify([subject, type]))
  const reasons = new Map([...groups.values()].flatMap((group) => reasonsIn(group, policy)))
  return backups.map((backup) => {
    const { id, subject, type, createdAt } = backup
    const why = reasons.get(backup) ?? []
    const keep = why.length > 0
    return { backupId: id, subject, type, createdAt, keep, reasons: keep ? why : ['not_needed'] }
  })
}

function reasonsIn(group: readonly BackupSummary[], policy: RetentionPolicy) {
  const rules = RULES.map((rule) => ({ rule, left: policy[rule], last: '' }))
  return group.map((backup, index) => {
    const periods = stockholmPeriods(backup.createdAt)
    const reasons: RetentionReason[] = index === 0 ? ['newest'] : []
    const roomBefore = rules.some(({ left }) => left > 0)
    for (const state of rules) {
      if (state.left === 0 || state.last === periods[state.rule]) continue
      state.last = periods[state.rule]
      state.left -= 1
      reasons.push(state.rule)
    }
    if (index === group.length - 1 && roomBefore && reasons.length === 0) reasons.push('oldest')
    return [backup, reasons] as const
  })
}
