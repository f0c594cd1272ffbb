import type { RetentionPolicy } from '../contract/RetentionPolicy.ts'

type Row = Readonly<{
  what: string
  policy: Partial<RetentionPolicy>
  /** Moments of backups with the reasons expected, oldest first. */
  backups: Readonly<Record<string, string>>
}>

/** Worked out by hand from `restic forget`'s rules. 08:00 is no one's midnight unless the row is about midnight. */
export const retentionTable: readonly Row[] = [
  {
    what: 'one backup serves several rules',
    policy: { daily: 1, weekly: 1, monthly: 1 },
    backups: { '2025-01-13T08:00': 'not_needed', '2025-01-14T08:00': 'newest daily weekly monthly' },
  },
  {
    what: 'the newest of a day is the day’s',
    policy: { daily: 2 },
    backups: {
      '2025-01-10T08:00': 'not_needed',
      '2025-01-11T08:00': 'not_needed',
      '2025-01-11T20:00': 'daily',
      '2025-01-12T08:00': 'newest daily',
    },
  },
  {
    what: 'days without a backup do not count',
    policy: { daily: 2 },
    backups: {
      '2024-03-01T08:00': 'not_needed',
      '2024-11-02T08:00': 'daily',
      '2025-01-12T08:00': 'newest daily',
    },
  },
  {
    what: 'the oldest is kept while a rule has room',
    policy: { daily: 3 },
    backups: {
      '2025-01-11T06:00': 'oldest',
      '2025-01-11T08:00': 'not_needed',
      '2025-01-11T20:00': 'daily',
      '2025-01-12T08:00': 'newest daily',
    },
  },
  {
    what: 'the oldest is not kept when every rule is full',
    policy: { daily: 1, monthly: 2 },
    backups: {
      '2024-11-05T08:00': 'not_needed',
      '2024-12-05T08:00': 'monthly',
      '2025-01-12T08:00': 'newest daily monthly',
    },
  },
  {
    what: 'midnight is Stockholm’s in winter',
    policy: { daily: 9 },
    backups: {
      '2025-01-10T22:00': 'oldest',
      '2025-01-10T22:30': 'not_needed',
      '2025-01-10T22:59': 'daily',
      '2025-01-10T23:00': 'newest daily',
    },
  },
  {
    what: 'midnight is Stockholm’s in summer',
    policy: { daily: 9 },
    backups: { '2024-07-10T21:59': 'daily', '2024-07-10T22:00': 'newest daily' },
  },
  {
    what: 'the night with an hour more is one day',
    policy: { daily: 1, weekly: 1 },
    backups: {
      '2024-10-27T00:30': 'not_needed',
      '2024-10-27T01:30': 'not_needed',
      '2024-10-27T22:59': 'newest daily weekly',
    },
  },
  {
    what: 'weeks begin on Monday, and belong to the year of their Thursday',
    policy: { weekly: 2 },
    backups: {
      '2024-12-29T08:00': 'weekly',
      '2024-12-30T08:00': 'not_needed',
      '2025-01-05T08:00': 'newest weekly',
    },
  },
  {
    what: 'week 53 goes on into January',
    policy: { weekly: 3 },
    backups: {
      '2020-12-26T08:00': 'weekly',
      '2020-12-31T08:00': 'not_needed',
      '2021-01-03T08:00': 'weekly',
      '2021-01-04T08:00': 'newest weekly',
    },
  },
  {
    what: 'a leap day is a day of February',
    policy: { monthly: 2 },
    backups: {
      '2024-02-28T08:00': 'not_needed',
      '2024-02-29T08:00': 'monthly',
      '2024-03-01T08:00': 'newest monthly',
    },
  },
]
