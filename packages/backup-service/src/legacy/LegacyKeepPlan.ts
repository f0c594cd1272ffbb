import type { BackupSummary } from '../contract/BackupSummary.ts'
import type { LegacyKeepRules } from './LegacyBackupConfig.ts'

export type LegacyKeepReason = 'newest' | 'daily' | 'weekly' | 'monthly' | 'oldest' | 'not_needed'
export type LegacyVerdict = Readonly<{ backup: BackupSummary; keep: boolean; reasons: readonly LegacyKeepReason[] }>

const TIME_ZONE = 'Europe/Stockholm'
const DAY_MS = 86_400_000

/** Works out which backups the rules need: a pass per rule over each owner's backups of a kind. */
export class LegacyKeepPlan {
  readonly #rules: LegacyKeepRules
  readonly #format = new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })

  constructor(rules: LegacyKeepRules) {
    this.#rules = rules
  }

  /** `backups` must be newest first. */
  judge(backups: readonly BackupSummary[]): readonly LegacyVerdict[] {
    const reasons = new Map<BackupSummary, LegacyKeepReason[]>()
    for (const backup of backups) reasons.set(backup, [])
    for (const series of this.#series(backups))
      this.#judgeSeries(series, (backup, reason) => reasons.get(backup)?.push(reason))
    return backups.map((backup) => {
      const found = reasons.get(backup) ?? []
      return found.length > 0
        ? { backup, keep: true, reasons: found }
        : { backup, keep: false, reasons: ['not_needed'] as const }
    })
  }

  #series(backups: readonly BackupSummary[]): readonly (readonly BackupSummary[])[] {
    const series = new Map<string, BackupSummary[]>()
    for (const backup of backups) {
      const key = `${backup.type} ${backup.subject}`
      const known = series.get(key)
      if (known === undefined) {
        series.set(key, [backup])
      } else {
        known.push(backup)
      }
    }
    return [...series.values()]
  }

  #judgeSeries(
    series: readonly BackupSummary[],
    keep: (backup: BackupSummary, reason: LegacyKeepReason) => void,
  ): void {
    const newest = series[0]
    const oldest = series[series.length - 1]
    if (newest === undefined || oldest === undefined) return
    keep(newest, 'newest')
    const kept = new Set([newest])
    let someRoomLeft = false
    const passes = [
      { reason: 'daily', count: this.#rules.days, period: (backup: BackupSummary) => this.#day(backup) },
      { reason: 'weekly', count: this.#rules.weeks, period: (backup: BackupSummary) => this.#week(backup) },
      {
        reason: 'monthly',
        count: this.#rules.months,
        period: (backup: BackupSummary) => this.#day(backup).slice(0, 7),
      },
    ] as const
    for (const { reason, count, period } of passes) {
      let left = count
      let lastPeriod = ''
      for (const backup of series) {
        if (left === 0) break
        const current = period(backup)
        if (current !== lastPeriod) {
          lastPeriod = current
          left -= 1
          kept.add(backup)
          keep(backup, reason)
        }
      }
      someRoomLeft ||= left > 0
    }
    if (someRoomLeft && !kept.has(oldest)) keep(oldest, 'oldest')
  }

  /** The date in Stockholm, as YYYY-MM-DD. */
  #day(backup: BackupSummary): string {
    const parts = new Map(
      this.#format.formatToParts(new Date(backup.createdAt)).map(({ type, value }) => [type, value]),
    )
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  }

  /** The ISO week: its number is that of the week's Thursday among the Thursdays of the year. */
  #week(backup: BackupSummary): string {
    const date = new Date(`${this.#day(backup)}T12:00:00Z`)
    const daysSinceMonday = (date.getUTCDay() + 6) % 7
    const thursday = new Date(date.getTime() + (3 - daysSinceMonday) * DAY_MS)
    const firstOfYear = Date.UTC(thursday.getUTCFullYear(), 0, 1, 12)
    const thursdays = Math.floor((thursday.getTime() - firstOfYear) / DAY_MS / 7) + 1
    return `${thursday.getUTCFullYear()}/${thursdays}`
  }
}
