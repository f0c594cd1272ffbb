import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bucketOf } from './bucketOf.ts'
import { decide } from './decide.ts'
import { aSnapshot, atPercentage } from './testing/aSnapshot.ts'

const service = 'BackupService'

describe('rule 7: the split', () => {
  const key = fc.string({ minLength: 1 })
  const bps = fc.integer({ min: 0, max: 10_000 })
  const isMigrated = (percentage: number, targetingKey: string) =>
    decide(atPercentage(percentage), service, { targetingKey }).implementation === 'migrated'

  it('is half-open: a bucket equal to the percentage stays on legacy, the one below is migrated', () => {
    const { prefix } = aSnapshot().services[service]!
    fc.assert(
      fc.property(key, (targetingKey) => {
        const bucket = bucketOf(prefix, targetingKey)
        expect(isMigrated(bucket, targetingKey)).toBe(false)
        expect(isMigrated(bucket + 1, targetingKey)).toBe(true)
      }),
    )
  })

  it('raising the percentage never moves a subject back to legacy', () => {
    fc.assert(
      fc.property(key, bps, bps, (targetingKey, one, two) => {
        const [low, high] = [Math.min(one, two), Math.max(one, two)]
        expect(isMigrated(high, targetingKey) || !isMigrated(low, targetingKey)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('lowering the percentage removes exactly those who were added last', () => {
    const { prefix } = aSnapshot().services[service]!
    fc.assert(
      fc.property(fc.array(key, { maxLength: 50 }), bps, bps, (keys, one, two) => {
        const [low, high] = [Math.min(one, two), Math.max(one, two)]
        const removed = keys.filter((name) => isMigrated(high, name) && !isMigrated(low, name))
        const addedLast = keys.filter((name) => bucketOf(prefix, name) >= low && bucketOf(prefix, name) < high)
        expect(removed).toEqual(addedLast)
      }),
    )
  })

  it('services split independently of each other', () => {
    const snapshot = aSnapshot({
      state: { services: { BackupService: { percentageBps: 5000 }, WebRTCPeerService: { percentageBps: 5000 } } },
    })
    const keys = Array.from({ length: 4000 }, (_, index) => ({ targetingKey: `subject-${index}` }))
    const same = keys.filter((one) => {
      const [first, second] = [decide(snapshot, service, one), decide(snapshot, 'WebRTCPeerService', one)]
      return first.implementation === second.implementation
    })
    expect(same.length / keys.length).toBeCloseTo(0.5, 1)
  })
})
