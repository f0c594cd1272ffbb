import type { Texts } from '../texts/cliMessages.ts'
import type { Line } from '../terminal/Line.ts'
import { type Attention, isStopping } from './attentionOf.ts'
import type { StatusReport } from './StatusReport.ts'

/** What needs somebody's attention and is said nowhere else in the status. */
export function attentionLines(report: StatusReport, texts: Texts): readonly Line[] {
  const said = report.attention.map((reason) => attentionText(reason, report, texts)).filter((text) => text !== '')
  return said.length === 0 ? [] : ['', ...said.map((text): Line => ({ text, style: 'bad' }))]
}

function attentionText(reason: Attention, { services }: StatusReport, texts: Texts): string {
  if (reason === 'not_observed') return texts.text('status.attention_not_observed')
  if (reason === 'clock_behind') return texts.text('status.attention_clock_behind')
  if (reason !== 'verdict_not_followed') return ''
  const stopping = Object.values(services).filter(({ verdict }) => verdict !== null && isStopping(verdict))
  return texts.text('status.attention_verdict_not_followed', {
    services: stopping.map(({ service }) => service).join(', '),
  })
}
