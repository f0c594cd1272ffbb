import { RETENTION_TIME_ZONE } from '../contract/RetentionPolicy.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Sweden writes dates as ISO 8601 does. */
const localDay = new Intl.DateTimeFormat('sv-SE', { timeZone: RETENTION_TIME_ZONE })

export type Periods = Readonly<Record<'daily' | 'weekly' | 'monthly', string>>

/** The day, ISO 8601 week and month that a moment belongs to in Stockholm. */
export function stockholmPeriods(createdAt: string): Periods {
  const daily = localDay.format(new Date(createdAt))
  return { daily, weekly: isoWeek(daily), monthly: daily.slice(0, 7) }
}

/** A week belongs to the year that its Thursday is in (ISO 8601, 3.2.2). */
function isoWeek(day: string): string {
  const midnight = new Date(`${day}T00:00:00Z`)
  const thursday = new Date(midnight.getTime() + (4 - (midnight.getUTCDay() || 7)) * DAY_MS)
  const year = thursday.getUTCFullYear()
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS))
  return `${year}-W${String(week).padStart(2, '0')}`
}
