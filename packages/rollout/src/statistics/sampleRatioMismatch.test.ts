import { describe, expect, it } from 'vitest'

import { sampleRatioMismatch } from './sampleRatioMismatch.ts'
import { seededRandom } from './seededRandom.ts'

describe('the p-value is that of chi-square with one degree of freedom', () => {
  it.each([
    // Quantiles of chi-square: (migrated - 5000)² / 2500 = 3.8415 and 10.828.
    [5000 + 50 * Math.sqrt(3.841458820694124), 0.05],
    [5000 + 50 * Math.sqrt(6.634896601021213), 0.01],
    [5000 - 50 * Math.sqrt(10.827566170662733), 0.001],
  ])('%d of 10,000 at an even split', (migrated, pValue) => {
    const result = sampleRatioMismatch({ migrated, legacy: 10_000 - migrated, expectedShare: 0.5 })
    expect(result.pValue).toBeCloseTo(pValue, 10)
  })

  it('finds the split of 821,588 to 815,482 users suspicious, as published', () => {
    // Kohavi, Tang and Xu, "Trustworthy online controlled experiments" (2020), chapter 3: p = 1.8e-6.
    const result = sampleRatioMismatch({ migrated: 821_588, legacy: 815_482, expectedShare: 0.5 })
    expect(result.pValue).toBeCloseTo(1.8e-6, 7)
    expect(result.mismatch).toBe(true)
  })
})

describe('a mismatch is called', () => {
  it('for an eighth lost of a ten-percent share, but not for the share itself', () => {
    expect(sampleRatioMismatch({ migrated: 875, legacy: 9000, expectedShare: 0.1 }).mismatch).toBe(true)
    expect(sampleRatioMismatch({ migrated: 1000, legacy: 9000, expectedShare: 0.1 })).toEqual({
      pValue: 1,
      enough: true,
      mismatch: false,
    })
  })

  it('never before each side should have ten subjects', () => {
    expect(sampleRatioMismatch({ migrated: 0, legacy: 99, expectedShare: 0.1 })).toEqual({
      pValue: 1,
      enough: false,
      mismatch: false,
    })
    expect(sampleRatioMismatch({ migrated: 0, legacy: 100, expectedShare: 0.1 }).enough).toBe(true)
    expect(sampleRatioMismatch({ migrated: 0, legacy: 0, expectedShare: 0.5 }).mismatch).toBe(false)
  })

  it('by a single subject where the share leaves no room for it', () => {
    expect(sampleRatioMismatch({ migrated: 50, legacy: 1, expectedShare: 1 }).mismatch).toBe(true)
    expect(sampleRatioMismatch({ migrated: 1, legacy: 50, expectedShare: 0 }).mismatch).toBe(true)
    expect(sampleRatioMismatch({ migrated: 50, legacy: 0, expectedShare: 1 }).mismatch).toBe(false)
  })

  it('about as often as the significance says when the share is right', () => {
    const random = seededRandom(11)
    let alarms = 0
    for (let run = 0; run < 2000; run++) {
      let migrated = 0
      for (let subject = 0; subject < 500; subject++) if (random() < 0.1) migrated++
      const ratio = { migrated, legacy: 500 - migrated, expectedShare: 0.1, significance: 0.01 }
      if (sampleRatioMismatch(ratio).mismatch) alarms++
    }
    expect(alarms).toBeGreaterThan(5)
    expect(alarms).toBeLessThan(40)
  })
})

describe('nonsense is refused', () => {
  it.each([
    { migrated: 1, legacy: 1, expectedShare: 1.1 },
    { migrated: 1, legacy: 1, expectedShare: Number.NaN },
    { migrated: -1, legacy: 1, expectedShare: 0.5 },
    { migrated: 1, legacy: Number.NaN, expectedShare: 0.5 },
  ])('%o', (ratio) => {
    expect(() => sampleRatioMismatch(ratio)).toThrow(RangeError)
  })
})
