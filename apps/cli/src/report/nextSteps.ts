import { formatBps, formatInstant, formatRatio } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import type { Texts } from '../texts/cliMessages.ts'
import type { ServiceAnalysis } from './analyseService.ts'

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

/** Slower than this is worth a look; the schedule's gate is 10 %. */
const NOTABLE_RATIO = 1.1

/** Where the sides differ most: a fault that migrated has more often, else an operation that it takes longer for. */
function adviceOn({ service, comparison }: ServiceAnalysis, texts: Texts): string {
  const fault = comparison.faults.find(({ legacy, migrated }) => migrated > legacy)
  if (fault) return texts.text('report.advice_code', { code: fault.code, count: fault.migrated })
  const [slowest] = comparison.operations
    .flatMap(({ operation, meanRatio }) => (meanRatio === null ? [] : [{ operation, meanRatio }]))
    .toSorted((one, other) => other.meanRatio - one.meanRatio)
  if (slowest && slowest.meanRatio > NOTABLE_RATIO) {
    const ratio = formatRatio(slowest.meanRatio, texts.language)
    return texts.text('report.advice_slow', { operation: slowest.operation, ratio })
  }
  return texts.text('report.advice_none', { service })
}
