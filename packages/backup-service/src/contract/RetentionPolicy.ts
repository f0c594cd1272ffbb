import { z } from 'zod'

const keep = z.int().min(0).max(10_000)

/** How many days, ISO weeks and months keep a backup each, counted over periods that have one. Stockholm time. */
export const RetentionPolicy = z.strictObject({ daily: keep, weekly: keep, monthly: keep })

export type RetentionPolicy = Readonly<z.infer<typeof RetentionPolicy>>

export const DEFAULT_RETENTION: RetentionPolicy = { daily: 7, weekly: 4, monthly: 12 }

/** The calendar that decides what a day, a week and a month is. */
export const RETENTION_TIME_ZONE = 'Europe/Stockholm'
