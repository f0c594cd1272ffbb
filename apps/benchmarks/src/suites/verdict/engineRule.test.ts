import { emptyEvidence, gatherEvidence, judge, type RolloutStatus, seededRandom } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { engineRule } from './engineRule.ts'
import { type FaultStream, faultStreams } from './FaultStream.ts'
import { inPhase, windowsOf } from './judgedRollout.ts'
import { mayExceed } from './mayExceed.ts'

const WINDOWS = 720

/** The engine itself, at every tick, on everything so far: too slow for a benchmark. */
function tickByTick(status: RolloutStatus, stream: FaultStream): number | undefined {
  let evidence = emptyEvidence
  for (const [index, window] of windowsOf(stream, 0, WINDOWS - 1).entries()) {
    evidence = gatherEvidence(evidence, [window], status)
    if (judge({ status, evidence, now: window.endMs })[0]?.action === 'rollback') return index
  }
  return undefined
}

describe('the rule that is measured is the engine', () => {
  it.each([
    [0.01, 0.1, 1],
    [0.01, 1, 3],
    [0.01, 1, 8],
    [0.01, 10, 1.3],
    [0.01, 10, 1.6],
    [0.003, 100, 1.2],
    [0.003, 10, 4],
  ])('threshold %d at %d operations/s and %d times the threshold', (threshold, operationsPerSecond, times) => {
    const status = inPhase({ threshold, windows: WINDOWS })
    const rate = threshold * times
    const next = faultStreams({ threshold, rate, operationsPerSecond, windows: WINDOWS }, seededRandom(5))
    for (let run = 0; run < 6; run++) {
      const stream = next()
      expect(engineRule(status)(stream)).toBe(tickByTick(status, stream))
    }
  })

  it('also when the rate rises after an hour of health, where the sustained guardrail is the faster one', () => {
    const status = inPhase({ threshold: 0.01, windows: WINDOWS })
    const draw = (rate: number, seed: number) =>
      faultStreams({ threshold: 0.01, rate, operationsPerSecond: 20, windows: WINDOWS }, seededRandom(seed))()
    for (let seed = 0; seed < 5; seed++) {
      const [healthy, broken] = [draw(0.001, seed), draw(0.025, seed + 100)]
      for (let window = 0; window < WINDOWS / 2; window++) {
        broken.operations[window] = healthy.operations[window]!
        broken.faults[window] = healthy.faults[window]!
      }
      const found = engineRule(status)(broken)
      expect(found).toBe(tickByTick(status, broken))
      expect(found).toBeGreaterThanOrEqual(WINDOWS / 2)
    }
  })
})

describe('the screen', () => {
  it('lets through what is healthy, so that it saves time at all', () => {
    const cell = { threshold: 0.01, rate: 0.004, operationsPerSecond: 1, windows: WINDOWS }
    const next = faultStreams(cell, seededRandom(9))
    const fired = Array.from({ length: 100 }, () => mayExceed(next(), 0.001)).filter(Boolean)
    expect(fired.length).toBeLessThan(5)
  })
})
