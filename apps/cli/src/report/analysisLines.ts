import { formatInstant } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import type { Texts } from '../texts/cliMessages.ts'
import type { ServiceAnalysis } from './analyseService.ts'
import { comparisonLines, memoryLine } from './comparisonLines.ts'
import { nextSteps } from './nextSteps.ts'
import { rollbackLines } from './rollbackLines.ts'
import type { Span } from './sharedSpans.ts'

export function analysisLines(analysis: ServiceAnalysis, texts: Texts): readonly Line[] {
  return [
    ...observedLines(analysis, texts),
    '',
    { text: texts.text('report.rollback'), style: 'bold' },
    ...rollbackLines(analysis, texts),
    '',
    { text: texts.text(analysis.status === 'rolled-back' ? 'report.next' : 'report.if_needed'), style: 'bold' },
    ...nextSteps(analysis, texts),
  ]
}

/** The end of a run that was rolled back comes first: the whole of it dilutes what came late. */
function observedLines(analysis: ServiceAnalysis, texts: Texts): readonly Line[] {
  const { service, period, windows, comparison, beforeRollback } = analysis
  const heading = (key: 'heading' | 'before' | 'whole', { fromMs, toMs }: Span): Line => ({
    text: texts.text(`report.${key}`, { service, from: formatInstant(fromMs), to: formatInstant(toMs) }),
    style: 'bold',
  })
  if (windows === 0) return [heading('heading', period), '', texts.text('report.no_windows')]
  const whole = ['', ...comparisonLines(comparison, texts), '', memoryLine(comparison, texts)]
  if (beforeRollback === null) return [heading('heading', period), ...whole]
  return [
    heading('before', beforeRollback.period),
    ...lateLines(beforeRollback.comparison, texts),
    '',
    heading('whole', period),
    ...whole,
  ]
}

function lateLines(comparison: ServiceAnalysis['comparison'], texts: Texts): readonly Line[] {
  if (comparison.operations.length === 0) return [texts.text('report.before_empty')]
  return [{ text: texts.text('report.before_windows'), style: 'dim' }, '', ...comparisonLines(comparison, texts)]
}
