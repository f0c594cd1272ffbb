import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { AsyncCase, SyncCase } from './Case.ts'
import { measure, type MeasureOptions } from './measure.ts'

describe('what is measured', () => {
  it('is the time of one operation, of plain and of awaited cases alike', async () => {
    const clock = new ManualClock()
    const measured = await measure([taking(clock, 1_000), takingAsync(clock, 3_000)], toy(clock))
    expect(measured.medianNs('sync 1000')).toBeCloseTo(1_000, 3)
    expect(measured.medianNs('async 3000')).toBeCloseTo(3_000, 3)
    expect(measured.ratio('async 3000', 'sync 1000')).toBeCloseTo(3, 6)
    expect(measured.differenceNs('async 3000', 'sync 1000')).toBeCloseTo(2_000, 3)
    expect(measured.fastest(['async 3000', 'sync 1000'])).toBe('sync 1000')
  })

  it('takes the median over the rounds, so that one disturbed round changes nothing', async () => {
    const clock = new ManualClock()
    let round = 0
    const disturbed: SyncCase = {
      ...taking(clock, 1_000),
      run: () => clock.advance(round === 2 ? 0.5 : 0.001),
    }
    const measured = await measure([disturbed], { ...toy(clock), collectGarbage: () => (round += 1) })
    expect(measured.medianNs('sync 1000')).toBeCloseTo(1_000, 3)
    expect(round).toBe(5)
  })

  it('runs a case that is slower than a sample once per sample', async () => {
    const clock = new ManualClock()
    let runs = 0
    const slow: SyncCase = {
      ...taking(clock, 1),
      run: () => {
        runs += 1
        clock.advance(50)
      },
    }
    await measure([slow], toy(clock))
    expect(runs).toBe(4 + 5)
  })
})

describe('how it is measured', () => {
  it('runs every case once a round and begins each round with another', async () => {
    const clock = new ManualClock()
    const order: string[] = []
    const noting = (name: string): SyncCase => ({
      name,
      kind: 'sync',
      run: () => {
        order.push(name)
        clock.advance(10)
      },
      verify: () => {},
    })
    await measure([noting('a'), noting('b'), noting('c')], { ...toy(clock), rounds: 3 })
    expect(order.slice(-9).join('')).toBe('abcbcacab')
  })

  it('cycles through the inputs from the first', async () => {
    const clock = new ManualClock()
    const indexes = new Set<number>()
    const noting: SyncCase = {
      ...taking(clock, 1),
      run: (index) => {
        indexes.add(index)
        clock.advance(0.001)
      },
    }
    await measure([noting], { ...toy(clock), inputCount: 3 })
    expect([...indexes].sort((a, b) => a - b)).toEqual([0, 1, 2])
  })

  it('runs whole samples inside `around`, and refuses one that does not wait for its sample', async () => {
    const clock = new ManualClock()
    let inside = false
    const surrounded: AsyncCase = {
      ...takingAsync(clock, 1_000),
      run: async () => {
        expect(inside).toBe(true)
        clock.advance(0.001)
      },
      around: async (sample) => {
        inside = true
        await sample()
        inside = false
      },
    }
    await measure([surrounded], toy(clock))
    const hasty = { ...surrounded, around: async () => {} }
    await expect(measure([hasty], toy(clock))).rejects.toThrow('async 1000: around() resolved before its sample')
  })
})

describe('answers', () => {
  it('are verified before the first round and after the last', async () => {
    const clock = new ManualClock()
    let verified = 0
    await measure([{ ...taking(clock, 1_000), verify: () => void (verified += 1) }], toy(clock))
    expect(verified).toBe(2)
  })

  it('that are wrong stop the measurement and name the case', async () => {
    const clock = new ManualClock()
    const wrong: AsyncCase = {
      ...takingAsync(clock, 1_000),
      verify: () => Promise.reject(new Error('41 is not 42')),
    }
    await expect(measure([wrong], toy(clock))).rejects.toThrow('async 1000: wrong answer')
  })

  it('of two cases under one name could not be told apart', async () => {
    const clock = new ManualClock()
    await expect(measure([taking(clock, 1), taking(clock, 1)], toy(clock))).rejects.toThrow('same name')
  })
})

function toy(clock: ManualClock): MeasureOptions {
  return { clock, inputCount: 10, rounds: 5, sampleMs: 1, warmUpMs: 4 }
}

function taking(clock: ManualClock, ns: number): SyncCase {
  return { name: `sync ${ns}`, kind: 'sync', run: () => clock.advance(ns / 1e6), verify: () => {} }
}

function takingAsync(clock: ManualClock, ns: number): AsyncCase {
  return { name: `async ${ns}`, kind: 'async', run: async () => clock.advance(ns / 1e6), verify: () => {} }
}
