import { seededRandom } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { faultStreams, type FaultStream } from '../FaultStream.ts'
import { inPhase, verdictAfter, windowsOf } from '../judgedRollout.ts'
import { guardrailOf } from '../engineRule.ts'
import { argoFailureLimit } from './argoFailureLimit.ts'
import { flaggerThreshold } from './flaggerThreshold.ts'
import { isHigh } from './kayentaJudge.ts'
import { NaiveMeans } from './NaiveMeans.ts'
import { peekedTest } from './peekedTest.ts'
import { rawFiveMinutes } from './rawFiveMinutes.ts'

/** A minute per entry, all of it in the minute's first window. */
function minutes(...counts: readonly (readonly [operations: number, faults: number])[]): FaultStream {
  const windows = counts.flatMap((first) => [first, QUIET, QUIET, QUIET, QUIET, QUIET])
  return {
    threshold: 0.01,
    operations: Int32Array.from(windows, ([operations]) => operations),
    faults: Int32Array.from(windows, ([, faults]) => faults),
  }
}

const HEALTHY = [100, 0] as const
const FAILED = [100, 2] as const
const QUIET = [0, 0] as const
const lastWindowOf = (minute: number) => minute * 6 - 1

describe('Argo Rollouts', () => {
  it('aborts when more measurements than the limit have failed, in a row or not', () => {
    const stream = minutes(FAILED, HEALTHY, FAILED, HEALTHY, FAILED, HEALTHY, FAILED, FAILED)
    expect(argoFailureLimit(3)(stream)).toBe(lastWindowOf(7))
    expect(argoFailureLimit(0)(stream)).toBe(lastWindowOf(1))
  })

  it('does not hold a minute without operations, or one at the threshold, against it', () => {
    expect(argoFailureLimit(0)(minutes(QUIET, [100, 1], HEALTHY))).toBeUndefined()
  })
})

describe('Flagger', () => {
  it('rolls back at five failed checks, which success never takes back', () => {
    expect(flaggerThreshold(minutes(FAILED, HEALTHY, FAILED, FAILED, HEALTHY, FAILED, FAILED))).toBe(lastWindowOf(7))
  })

  it('takes no values for a failed check', () => {
    expect(flaggerThreshold(minutes(QUIET, QUIET, QUIET, QUIET, QUIET))).toBe(lastWindowOf(5))
  })
})

describe('the test that is looked at every minute', () => {
  it('says nothing until five faults are to be expected', () => {
    const all = Array.from({ length: 5 }, () => FAILED)
    expect(peekedTest(minutes(...all))).toBe(lastWindowOf(5))
    expect(peekedTest(minutes(...all.slice(1)))).toBeUndefined()
  })
})

describe('the raw five minutes', () => {
  it('is the engine’s own rule in raw mode', () => {
    const status = inPhase({ threshold: 0.01, windows: 360 })
    const plan = status.plan!
    const guardrails = {
      ...plan.services.BackupService!.guardrails,
      'error-rate-sustained': { mode: 'rollback', minutes: 5, rule: 'raw', alpha: 0.0001 },
    } as const
    const services = { BackupService: { ...plan.services.BackupService!, guardrails } }
    const raw = { ...status, plan: { ...plan, services } }
    const next = faultStreams({ threshold: 0.01, rate: 0.006, operationsPerSecond: 1, windows: 360 }, seededRandom(3))
    const found = Array.from({ length: 10 }, () => {
      const stream = next()
      const ends = Array.from({ length: 360 }, (_, end) => end)
      const engine = ends.find((end) => {
        const verdict = verdictAfter(raw, windowsOf(stream, 0, end))
        return guardrailOf(verdict, 'error-rate-sustained').outcome === 'breached'
      })
      expect(rawFiveMinutes(stream)).toBe(engine)
      return engine
    })
    expect(found.some((one) => one !== undefined)).toBe(true)
  }, 30_000)
})

describe('the judges of latency', () => {
  const around = (mean: number, seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 60 }, () => mean * (0.8 + 0.4 * random()))
  }

  it('Kayenta calls twice as slow high, and the same, or a little slower, not', () => {
    expect(isHigh(around(100, 1), around(50, 2))).toBe(true)
    expect(isHigh(around(50, 1), around(50, 2))).toBe(false)
    expect(isHigh(around(65, 1), around(50, 2))).toBe(false)
  })

  it('the naive one compares the means of five minutes, by calls', () => {
    const naive = new NaiveMeans()
    const worse = Array.from({ length: 5 }, () => naive.isWorse({ count: 10, sum: 160 }, { count: 5, sum: 50 }))
    expect(worse).toEqual([false, false, false, false, true])
    expect(naive.isWorse({ count: 10, sum: 90 }, { count: 5, sum: 50 })).toBe(false)
  })
})
