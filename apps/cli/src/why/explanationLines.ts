import type { Explanation, Rung } from '@gradvis/feature-flags'

import { formatBps } from '../terminal/format.ts'
import type { Line, Segment } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { Texts } from '../texts/cliMessages.ts'

/** The answer, where the subject stands, and every rule with what it saw. */
export function explanationLines(explanation: Explanation, texts: Texts): readonly Line[] {
  const { service, decision, bucket, percentageBps, phase, rungs } = explanation
  const { implementation, reason } = decision
  return [
    { text: texts.text('why.answer', { service, implementation, reason }), style: 'bold' },
    texts.text('why.place', {
      bucket: bucket ?? '–',
      percentage: formatBps(percentageBps, texts.language),
      phase: phase ?? texts.text('why.no_phase'),
    }),
    '',
    ...tableLines(
      [
        { title: texts.text('why.col_rule'), align: 'right' },
        { title: texts.text('why.col_status') },
        { title: texts.text('why.col_value') },
        { title: texts.text('why.col_text') },
      ],
      rungs.map((rung) => cellsOf(rung, texts)),
    ),
    '',
    { text: texts.text('why.environment'), style: 'dim' },
  ]
}

function cellsOf({ rule, status, value, text }: Rung, texts: Texts): readonly Segment[] {
  const outcome = texts.text(`why.${status}`)
  const isMatch = status === 'matched'
  return [String(rule), isMatch ? { text: outcome, style: 'good' } : outcome, value, text[texts.language]]
}
