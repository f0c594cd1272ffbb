import { describe, expect, it } from 'vitest'

import { addHeld, emptyMemorySeries } from '../evidence/MemorySeries.ts'
import { binomial } from '../simulation/binomial.ts'
import { poisson } from '../simulation/poisson.ts'
import { seededRandom } from '../statistics/seededRandom.ts'
import { memoryGrowth } from './memoryGrowth.ts'

const MIB = 2 ** 20

/** A window a minute; `heldBytes` by the share of the time that has passed, with 5 % noise. */
function growthOf(heldBytes: (share: number) => number, minutes = 600) {
  const random = seededRandom(11)
  const windows = Array.from({ length: minutes }, (_, minute) => ({
    startMs: minute * 60_000,
    endMs: (minute + 1) * 60_000,
    heldBytes: heldBytes(minute / minutes) * (0.95 + 0.1 * random()),
  }))
  return memoryGrowth(addHeld(emptyMemorySeries, windows))
}

describe('memory growth', () => {
  it('is a leak that keeps rising', () => {
    const growth = growthOf((share) => 50 * MIB * (1 + share))
    expect(growth).toMatchObject({ enough: true, growing: true })
    expect(growth.bytesPerHour / MIB).toBeCloseTo(5, 0)
  })

  it.each([
    ['constant', () => 50 * MIB],
    ['warming up and levelling off', (share: number) => 50 * MIB * (1 - Math.exp(-8 * share))],
    ['a jump to a plateau', (share: number) => (share < 0.3 ? 50 : 80) * MIB],
    ['a sawtooth', (share: number) => (50 + 20 * ((share * 12) % 1)) * MIB],
    ['falling', (share: number) => 50 * MIB * (2 - share)],
    ['rising by less than a tenth', (share: number) => 50 * MIB * (1 + 0.05 * share)],
    ['rising by less than a MiB', (share: number) => 0.4 * MIB * (1 + share)],
    ['nothing', () => 0],
  ])('is not: %s', (_name, heldBytes) => {
    expect(growthOf(heldBytes)).toMatchObject({ enough: true, growing: false })
  })

  it('says nothing with fewer than 30 points', () => {
    expect(growthOf((share) => 50 * MIB * (1 + share), 31)).toMatchObject({ enough: false, growing: false, points: 29 })
    expect(growthOf((share) => 50 * MIB * (1 + share), 32).growing).toBe(true)
  })
})

describe('memory that is estimated from samples', () => {
  const INTERVAL = 131_072
  const HOUR_WINDOWS = 360

  /** A window in ten seconds; each sample stands for 128 KiB and lives on with the chance `1 - churn`. */
  function sampledGrowth(mebibytes: number, churn: number, seed: number, gainedPerWindow = 0) {
    const random = seededRandom(seed)
    const steady = (mebibytes * MIB) / INTERVAL
    let samples = poisson(steady, random)
    const windows = Array.from({ length: HOUR_WINDOWS }, (_, slot) => {
      samples = binomial(samples, 1 - churn, random) + poisson(steady * churn + gainedPerWindow, random)
      return { startMs: slot * 10_000, endMs: (slot + 1) * 10_000, heldBytes: samples * INTERVAL }
    })
    return memoryGrowth(addHeld(emptyMemorySeries, windows), INTERVAL)
  }

  it('is no leak while a steady size is only guessed a little differently from window to window', () => {
    for (const mebibytes of [2, 10, 50])
      for (const churn of [0.0005, 0.003, 0.02])
        for (let seed = 1; seed <= 20; seed++)
          expect(sampledGrowth(mebibytes, churn, seed).growing, `${mebibytes} MiB, ${churn}, seed ${seed}`).toBe(false)
  })

  it('is a leak where it gains more than that, and the slope is what is gained', () => {
    const growth = sampledGrowth(10, 0, 7, 1)
    expect(growth).toMatchObject({ enough: true, growing: true })
    expect((growth.bytesPerHour / (HOUR_WINDOWS * INTERVAL)).toFixed(1)).toMatch(/^(0\.9|1\.[01])$/)
    expect(growth.bytesPerHour).toBeGreaterThan(growth.limitBytesPerHour)
  })
})
