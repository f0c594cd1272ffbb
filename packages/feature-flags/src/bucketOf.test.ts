import { FlagdCore } from '@openfeature/flagd-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bucketOf } from './bucketOf.ts'
import { decide } from './decide.ts'
import { FLAGS } from './flags.ts'
import { hashPrefix } from './murmur3.ts'
import { aSnapshot, atPercentage } from './testing/aSnapshot.ts'
import { productionFeatureFlags } from './productionFeatureFlags.ts'

type Weighted = readonly [string, number]

function flagd(targeting: Readonly<Record<string, unknown>>): (targetingKey: string) => string {
  const flagKey = FLAGS.BackupService.flagKey
  const core = new FlagdCore()
  core.setConfigurations(
    JSON.stringify({
      flags: {
        [flagKey]: {
          state: 'ENABLED',
          variants: { legacy: 'legacy', migrated: 'migrated' },
          defaultVariant: 'legacy',
          targeting,
        },
      },
    }),
  )
  return (targetingKey) => {
    const { value, reason } = core.resolveStringEvaluation(flagKey, 'none', { targetingKey })
    expect(reason).toBe('TARGETING_MATCH')
    return value
  }
}

const weights = (bps: number): readonly Weighted[] => [
  ['migrated', bps],
  ['legacy', 10_000 - bps],
]

const keys = fc.sample(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }), { numRuns: 10_000, seed: 7 })

describe("a bucket is flagd's", () => {
  it.each([1, 250, 1000, 3333, 5000, 9999])('for 10,000 random ASCII keys at %i basis points', (bps) => {
    const [theirs, ours] = [flagd({ fractional: weights(bps) }), atPercentage(bps)]
    const disagreeing = keys.filter(
      (targetingKey) => decide(ours, 'BackupService', { targetingKey }).implementation !== theirs(targetingKey),
    )
    expect(disagreeing).toEqual([])
  })

  it('for a salted plan, when flagd is given the salt as bucketing expression', () => {
    const salt = 'second-try/'
    const bucketBy = { cat: [salt, { var: '$flagd.flagKey' }, { var: 'targetingKey' }] }
    const theirs = flagd({ fractional: [bucketBy, ...weights(5000)] })
    const plan = { ...productionFeatureFlags, hash: { ...productionFeatureFlags.hash, salt } }
    const ours = aSnapshot({ plan, at: '2025-01-13T00:00:00Z' })
    const disagreeing = keys.filter(
      (targetingKey) => decide(ours, 'BackupService', { targetingKey }).implementation !== theirs(targetingKey),
    )
    expect(disagreeing).toEqual([])
  })
})

describe('buckets', () => {
  it('are whole numbers from 0 to 9,999 and spread evenly', () => {
    const prefix = hashPrefix('any')
    const buckets = Array.from({ length: 20_000 }, (_, index) => bucketOf(prefix, `subject-${index}`))
    expect(buckets.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < 10_000)).toBe(true)
    const share = buckets.filter((bucket) => bucket < 1000).length / buckets.length
    expect(share).toBeGreaterThan(0.09)
    expect(share).toBeLessThan(0.11)
  })
})
