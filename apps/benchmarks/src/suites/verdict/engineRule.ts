import {
  createErrorRateTest,
  errorRateVerdict,
  type RolloutStatus,
  updateErrorRateTest,
  type Verdict,
} from '@gradvis/rollout'

import type { ErrorRule, FaultStream } from './FaultStream.ts'
import { verdictAfter, windowsOf } from './judgedRollout.ts'
import { mayExceed } from './mayExceed.ts'

/** Five minutes; the engine's rule looks at ten at most, and keeps forty. */
const SPAN = 30
const LOOKED_AT = 4 * SPAN
/** Evidence that is needed in no phase of any length: below it the rule need not be asked. */
const LEAST_EVIDENCE = 9

/**
 * Both error-rate guardrails of the engine, as by default. The early one is the test that `gatherEvidence` keeps, window
 * by window; the sustained one is `judge` itself, asked wherever the rate and the evidence of the last minutes could
 * suffice. Where neither could act, neither is run: the conditions for that are necessary ones, so nothing is missed.
 */
export function engineRule(status: RolloutStatus): ErrorRule {
  const alpha = status.plan?.services.BackupService?.guardrails['error-rate-early'].alpha ?? Number.NaN
  return (stream) => {
    const early = earlyRollback(stream, alpha)
    for (let window = SPAN; window < (early ?? stream.operations.length); window++)
      if (maySustain(stream, window) && isSustained(status, stream, window)) return window
    return early
  }
}

function earlyRollback(stream: FaultStream, alpha: number): number | undefined {
  if (!mayExceed(stream, alpha)) return undefined
  const { operations, faults, threshold } = stream
  let test = createErrorRateTest({ threshold, alpha })
  for (let window = 0; window < operations.length; window++) {
    test = updateErrorRateTest(test, { operations: operations[window] as number, faults: faults[window] as number })
    if (faults[window] !== 0 && errorRateVerdict(test).exceeded) return window
  }
  return undefined
}

function isSustained(status: RolloutStatus, stream: FaultStream, window: number): boolean {
  const recent = windowsOf(stream, Math.max(0, window - LOOKED_AT + 1), window)
  return guardrailOf(verdictAfter(status, recent), 'error-rate-sustained').outcome === 'breached'
}

export function guardrailOf({ guardrails }: Verdict, id: string) {
  const found = guardrails.find((one) => one.id === id)
  if (found === undefined) throw new Error(`the engine has no guardrail ${id}`)
  return found
}

/** n·KL of the span, which no mixture of likelihood ratios exceeds. The engine's span starts at a multiple of five minutes. */
function maySustain({ operations, faults, threshold }: FaultStream, window: number): boolean {
  if (!isAbove({ operations, faults, threshold }, window)) return false
  let [all, failed] = [0, 0]
  for (let index = Math.floor((window + 1) / SPAN - 1) * SPAN; index <= window; index++) {
    all += operations[index] as number
    failed += faults[index] as number
  }
  if (failed <= threshold * all) return false
  const succeeded = all - failed
  const onSuccess = succeeded === 0 ? 0 : succeeded * Math.log(succeeded / (all * (1 - threshold)))
  return failed * Math.log(failed / (all * threshold)) + onSuccess >= LEAST_EVIDENCE
}

/** The rate of the last five minutes. */
function isAbove({ operations, faults, threshold }: FaultStream, window: number): boolean {
  let [all, failed] = [0, 0]
  for (let index = window; index > window - SPAN; index--) {
    all += operations[index] as number
    failed += faults[index] as number
  }
  return failed > threshold * all
}
