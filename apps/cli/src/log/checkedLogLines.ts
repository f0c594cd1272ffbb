import { formatDuration } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import type { Texts } from '../texts/cliMessages.ts'
import type { CheckedLog, LogProblem } from './checkLog.ts'

/** What is wrong with a log, and what is only remarkable. */
export function checkedLogLines({ events, problems }: CheckedLog, texts: Texts): readonly Line[] {
  const wrong = problems.filter(isInconsistency)
  const notes = problems.filter((one) => !isInconsistency(one))
  const verdict: Line =
    wrong.length === 0
      ? { text: texts.text('log.consistent', { count: events }), style: 'good' }
      : { text: texts.text('log.inconsistent', { count: events, problems: wrong.length }), style: 'bad' }
  return [
    verdict,
    ...wrong.map((one) => `  ${problemText(one, texts)}`),
    ...(notes.length === 0 ? [] : [texts.text('log.notes'), ...notes.map((one) => `  ${problemText(one, texts)}`)]),
  ]
}

/** Clocks of several machines differ; nothing follows from it. */
export function isInconsistency({ kind }: LogProblem): boolean {
  return kind !== 'backwards'
}

function problemText(problem: LogProblem, texts: Texts): string {
  const { line } = problem
  switch (problem.kind) {
    case 'no-event':
      return texts.text('log.no_line', { line })
    case 'gap':
      return texts.text('log.gap', { line, sequence: problem.sequence, previous: problem.previous })
    case 'without-effect':
      return texts.text('log.without_effect', { line, sequence: problem.sequence, type: problem.type })
    case 'backwards':
      return texts.text('log.backwards', {
        line,
        sequence: problem.sequence,
        duration: formatDuration(problem.byMs),
      })
  }
}
