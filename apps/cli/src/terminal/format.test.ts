import { describe, expect, it } from 'vitest'

import { formatBytes, formatDuration, formatInstant, formatMs, formatRatio, formatShare, isoOf } from './format.ts'

describe('numbers for people', () => {
  it('follow the language', () => {
    expect([formatShare(0.0012, 'sv'), formatShare(0.0012, 'en')]).toEqual(['0,12 %', '0.12%'])
    expect([formatRatio(1.5, 'sv'), formatRatio(1.5, 'en')]).toEqual(['1,5×', '1.5×'])
    expect([formatBytes(1_500_000, 'sv'), formatBytes(999, 'en')]).toEqual(['1,5 MB', '999 B'])
    expect([formatMs(2.345, 'en'), formatMs(20, 'sv'), formatMs(75_000, 'en')]).toEqual([
      '2.35 ms',
      '20 ms',
      '1 min 15 s',
    ])
  })

  it('show the two largest units of a duration', () => {
    const durations = [0, 999, 12_000, 60_000, 90_061_000, 172_800_000, -5]
    expect(durations.map(formatDuration)).toEqual(['0 s', '0 s', '12 s', '1 min', '1 d 1 h', '2 d', '0 s'])
  })

  it('show instants in UTC, and survive those that no calendar has', () => {
    expect(formatInstant(Date.parse('2025-01-10T08:00:00Z'))).toBe('2025-01-10 08:00:00 UTC')
    expect([formatInstant(1e300), isoOf(1e300)]).toEqual(['1e+300', null])
  })
})
