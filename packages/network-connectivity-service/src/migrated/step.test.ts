import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { FAILURE_CODES, type FailureCode } from '../FailureCode.ts'
import { type ProbeResult, type ReachabilityState, step, unknownSince } from './step.ts'

/** One step of a history: the states around it, its result, and the failure (or none) of the result before. */
type Walked = Readonly<{
  before: ReachabilityState
  after: ReachabilityState
  result: ProbeResult
  previous: ProbeResult | undefined
}>

const hard: ReadonlySet<FailureCode | null> = new Set(['no_interface', 'no_address', 'no_route'])

const histories = fc
  .array(fc.record({ waitMs: fc.nat(100_000), failure: fc.option(fc.constantFrom(...FAILURE_CODES), { nil: null }) }), {
    maxLength: 40,
  })
  .map((entries) => {
    let atMs = 0
    return entries.map(({ waitMs, failure }): ProbeResult => Object.freeze({ atMs: (atMs += waitMs), failure }))
  })

function walk(history: readonly ProbeResult[]): Walked[] {
  let before = Object.freeze(unknownSince(0))
  return history.map((result, index) => {
    const after = Object.freeze(step(before, result))
    const walked = { before, after, result, previous: history[index - 1] }
    before = after
    return walked
  })
}

/** A history with a step that breaks the rule; null when there is none among 3,000 random ones. */
const counterexample = (rule: (step: Walked) => boolean) =>
  fc.check(
    fc.property(histories, (history) => walk(history).every(rule)),
    { numRuns: 3_000 },
  ).counterexample

describe('the state of a target, whatever the history', () => {
  it('goes down exactly after two failures in a row or one hard local failure', () => {
    const rule = ({ before, after, result: { failure }, previous }: Walked) => {
      const isDown = failure !== null && ((previous !== undefined && previous.failure !== null) || hard.has(failure))
      return isDown ? after.reachable === 'no' : before.reachable === 'no' || after.reachable !== 'no'
    }
    expect(counterexample(rule)).toBeNull()
  })

  it('comes up again exactly after two successes in a row', () => {
    const rule = ({ before, after, result, previous }: Walked) =>
      before.reachable !== 'no' ||
      (after.reachable === 'yes') === (result.failure === null && previous?.failure === null)
    expect(counterexample(rule)).toBeNull()
  })

  it('knows after the first success, and never forgets again', () => {
    const rule = ({ before, after, result }: Walked) =>
      before.reachable === 'unknown'
        ? (result.failure === null) === (after.reachable === 'yes')
        : after.reachable !== 'unknown'
    expect(counterexample(rule)).toBeNull()
  })

  it('is dated by the probe that brought it', () => {
    const rule = ({ before, after, result }: Walked) =>
      after.sinceMs === (before.reachable === after.reachable ? before.sinceMs : result.atMs)
    expect(counterexample(rule)).toBeNull()
  })

  it('has a cause exactly while it is down: that of the last failure', () => {
    const rule = ({ before, after, result }: Walked) =>
      after.cause === (after.reachable === 'no' ? (result.failure ?? before.cause) : null)
    expect(counterexample(rule)).toBeNull()
  })

  it('would be caught breaking a rule', () => {
    expect(counterexample(({ after }) => after.failures < 3)).not.toBeNull()
  })
})
