import type { Implementation } from '@gradvis/kernel'

import { formatBps, formatInstant, formatRatio } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import type { Texts } from '../texts/cliMessages.ts'
import type { ServiceAnalysis } from './analyseService.ts'
import type { Comparison, OperationComparison } from './compareSides.ts'

/** The rollout schedule's controlled rollback, step by step, with what the observations add to each. */
export function nextSteps(analysis: ServiceAnalysis, texts: Texts): readonly Line[] {
  return [
    lowerText(analysis, texts),
    texts.text('report.next_watch'),
    texts.text('report.next_analyse', { advice: adviceOn(analysis, texts) }),
    texts.text('report.next_plan'),
    ...(analysis.status === 'rolled-back' ? [resumeText(analysis, texts)] : []),
  ].map((text, index) => `  ${index + 1}. ${text}`)
}

function lowerText({ service, status, percentageBps }: ServiceAnalysis, texts: Texts): string {
  const percentage = formatBps(percentageBps, texts.language)
  return status === 'rolled-back'
    ? texts.text('report.next_lowered', { service })
    : texts.text('report.next_lower', { service, percentage })
}

function resumeText({ service, cooldownUntilMs }: ServiceAnalysis, texts: Texts): string {
  return texts.text('report.next_resume', { service, until: formatInstant(cooldownUntilMs ?? 0) })
}

/** How many times legacy's share of faults, or its mean time, is worth a look; the schedule's gate for times is 10 %. */
const NOTABLE_RATIO = 1.1

/** What came just before the rollback leads to its cause, not what the run was like on the whole. */
function adviceOn({ service, comparison, beforeRollback }: ServiceAnalysis, texts: Texts): string {
  const late = beforeRollback && differenceIn(beforeRollback.comparison, texts)
  if (late) return texts.text('report.advice_before', { advice: late })
  return differenceIn(comparison, texts) ?? texts.text('report.advice_none', { service })
}

/** Where the sides differ most: a fault that migrated has more often, else an operation that it takes longer for. */
function differenceIn({ operations, faults }: Comparison, texts: Texts): string | undefined {
  const [legacyCalls, migratedCalls] = [callsOf(operations, 'legacy'), callsOf(operations, 'migrated')]
  // Shares, not counts: at 10 % legacy has nine times the calls.
  const fault = faults.find(
    ({ legacy, migrated }) => shareOf(migrated, migratedCalls) > NOTABLE_RATIO * shareOf(legacy, legacyCalls),
  )
  if (fault) return texts.text('report.advice_code', { code: fault.code, count: fault.migrated })
  const [slowest] = operations
    .flatMap(({ operation, meanRatio }) => (meanRatio === null ? [] : [{ operation, meanRatio }]))
    .toSorted((one, other) => other.meanRatio - one.meanRatio)
  if (slowest === undefined || slowest.meanRatio <= NOTABLE_RATIO) return undefined
  const ratio = formatRatio(slowest.meanRatio, texts.language)
  return texts.text('report.advice_slow', { operation: slowest.operation, ratio })
}

function callsOf(operations: readonly OperationComparison[], side: Implementation): number {
  return operations.reduce((total, one) => total + one[side].operations, 0)
}

function shareOf(count: number, calls: number): number {
  return calls === 0 ? 0 : count / calls
}
