import type { Language } from '@gradvis/kernel'

/** Numbers, shares and times as people of a language read them. Instants are UTC, as in the plan. */
const numbers = (language: Language, digits: number) =>
  new Intl.NumberFormat(language === 'sv' ? 'sv-SE' : 'en-GB', { maximumFractionDigits: digits })

export function formatNumber(value: number, language: Language, digits = 0): string {
  return numbers(language, digits).format(value)
}

/** A share of one: 0.0012 is `0,12 %`. */
export function formatShare(share: number, language: Language): string {
  const text = numbers(language, 2).format(share * 100)
  return language === 'sv' ? `${text} %` : `${text}%`
}

export function formatBps(percentageBps: number, language: Language): string {
  return formatShare(percentageBps / 10_000, language)
}

/** How many times as much: 1.5 is `1,5×`. */
export function formatRatio(ratio: number, language: Language): string {
  return `${numbers(language, 2).format(ratio)}×`
}

export function formatMs(ms: number, language: Language): string {
  if (ms >= 10_000) return formatDuration(ms)
  return `${numbers(language, ms < 10 ? 2 : 1).format(ms)} ms`
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** The two largest units that count: `1 d 3 h`, `25 min`, `12 s`. The same in both languages. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000) * 1000)
  const first = UNITS.findIndex(([, unitMs]) => seconds >= unitMs)
  if (first === -1) return '0 s'
  let rest = seconds
  const parts = UNITS.slice(first, first + 2).map(([name, unitMs]) => {
    const amount = Math.floor(rest / unitMs)
    rest %= unitMs
    return amount === 0 ? '' : `${amount} ${name}`
  })
  return parts.filter(Boolean).join(' ')
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export function formatBytes(bytes: number, language: Language): string {
  const power = Math.min(BYTE_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${numbers(language, 1).format(bytes / 1000 ** power)} ${BYTE_UNITS[power] ?? 'B'}`
}

/** `2025-01-10 08:00:00 UTC`. Anything that is no instant is shown as the number that it is. */
export function formatInstant(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** An instant as JSON has it; null for one that no calendar has. */
export function isoOf(ms: number): string | null {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
