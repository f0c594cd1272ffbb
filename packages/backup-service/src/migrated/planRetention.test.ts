import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { BackupSummary } from '../contract/BackupSummary.ts'
import type { RetentionPolicy } from '../contract/RetentionPolicy.ts'
import { pageCursor } from '../format/pageCursor.ts'
import { LegacyKeepPlan } from '../legacy/LegacyKeepPlan.ts'
import { planRetention } from './planRetention.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function aBackup(atMs: number, index: number, series = 0): BackupSummary {
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    subject: `subject-${series >> 1}`,
    type: series & 1 ? 'meeting' : 'full_backup',
    createdAt: new Date(atMs).toISOString(),
    recordCount: 0,
    fileCount: 0,
    skippedCount: 0,
    contentBytes: 0,
    archiveBytes: 1,
    archiveSha256: '0'.repeat(64),
  }
}

/** Last Sunday of a month, 01:00 UTC, when Sweden changes its clocks (directive 2000/84/EC). */
function changeOfClocks(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1))
  return last.getTime() - last.getUTCDay() * DAY_MS
}

/** Days since 1970 in Stockholm, without the machine's calendar. */
function stockholmDay(atMs: number): number {
  const year = new Date(atMs).getUTCFullYear()
  const summer = atMs >= changeOfClocks(year, 2) && atMs < changeOfClocks(year, 9)
  return Math.floor((atMs + (summer ? 2 : 1) * HOUR_MS) / DAY_MS)
}

const PERIODS = {
  daily: (day: number) => day,
  // 1970-01-05 was a Monday.
  weekly: (day: number) => Math.floor((day - 4) / 7),
  monthly: (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 7),
}

/**
 * The rules said once more, the other way round: a rule keeps the newest of each of its first `n` periods, and the
 * oldest backup is kept when, without it, some rule has seen fewer periods than it may keep.
 */
function keptByModel(group: readonly BackupSummary[], policy: RetentionPolicy): readonly BackupSummary[] {
  const kept = new Set(group.slice(0, 1))
  for (const rule of ['daily', 'weekly', 'monthly'] as const) {
    const periods = group.map(({ createdAt }) => PERIODS[rule](stockholmDay(Date.parse(createdAt))))
    const distinct = [...new Set(periods)].slice(0, policy[rule])
    for (const period of distinct) kept.add(group[periods.indexOf(period)]!)
    if (new Set(periods.slice(0, -1)).size < policy[rule]) kept.add(group.at(-1)!)
  }
  return [...kept]
}

const timeline = fc.array(
  fc.record({
    // Three years with two changes of clocks each, a leap day and a week 53; often the same hour twice.
    hour: fc.integer({ min: 0, max: 3 * 366 * 24 }),
    minute: fc.constantFrom(0, 0, 59),
    series: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 60 },
)
const keep = fc.integer({ min: 0, max: 8 })
const policies = fc.record({ daily: keep, weekly: keep, monthly: keep })
const START_MS = Date.UTC(2019, 11, 20)

const backupsOf = (moments: readonly Readonly<{ hour: number; minute: number; series: number }>[]) =>
  moments
    .map(({ hour, minute, series }, index) => aBackup(START_MS + hour * HOUR_MS + minute * 60_000, index, series))
    .toSorted(pageCursor.compare)

describe('planRetention', () => {
  it('keeps what the rules, said the other way round, keep', () => {
    fc.assert(
      fc.property(timeline, policies, (moments, policy) => {
        const backups = backupsOf(moments)
        const groups = Map.groupBy(backups, ({ subject, type }) => `${subject} ${type}`)
        const expected = new Set([...groups.values()].flatMap((group) => keptByModel(group, policy)))
        const kept = planRetention(backups, policy).map(({ keep }) => keep)
        expect(kept).toEqual(backups.map((backup) => expected.has(backup)))
      }),
      { numRuns: 500 },
    )
  })

  it('decides as the legacy service does, for the same reasons', () => {
    fc.assert(
      fc.property(timeline, policies, (moments, policy) => {
        const backups = backupsOf(moments)
        const rules = { days: policy.daily, weeks: policy.weekly, months: policy.monthly }
        const verdicts = new LegacyKeepPlan(rules).judge(backups)
        expect(planRetention(backups, policy).map(({ reasons }) => reasons)).toEqual(
          verdicts.map(({ reasons }) => reasons),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('keeps 7 days, 4 weeks and 12 months of a backup every night for two years', () => {
    const backups = Array.from({ length: 730 }, (_, day) => aBackup(Date.UTC(2025, 0, 16, 1) - day * DAY_MS, day))
    const decisions = planRetention(backups, { daily: 7, weekly: 4, monthly: 12 })
    const keptBy = (reason: string) => decisions.filter(({ reasons }) => reasons.includes(reason as never)).length
    expect([keptBy('daily'), keptBy('weekly'), keptBy('monthly'), keptBy('oldest')]).toEqual([7, 4, 12, 0])
    // 16 to 10 January; the Sundays before; the last of eleven months before (29 December is the last of December's).
    expect(decisions.filter(({ keep }) => keep)).toHaveLength(7 + 2 + 11)
  })

  it('says nothing of nothing', () => {
    expect(planRetention([], { daily: 1, weekly: 0, monthly: 0 })).toEqual([])
  })
})
