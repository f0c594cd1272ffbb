import type { Texts } from '../texts/cliMessages.ts'
import { formatDuration, formatNumber, formatRatio, formatShare } from '../terminal/format.ts'
import type { Line, Segment, Style } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { ServiceReport } from './StatusReport.ts'

const NOTHING = '–'

/** One row per service. */
export function serviceTable(services: readonly ServiceReport[], texts: Texts): readonly Line[] {
  return tableLines(
    [
      { title: texts.text('status.col_service') },
      { title: texts.text('status.col_status') },
      { title: texts.text('status.col_percentage'), align: 'right' },
      { title: texts.text('status.col_time') },
      { title: texts.text('status.col_samples'), align: 'right' },
      { title: texts.text('status.col_errors') },
      { title: texts.text('status.col_latency') },
      { title: texts.text('status.col_gates') },
      { title: texts.text('status.col_verdict') },
    ],
    services.map((one) => serviceCells(one, texts)),
  )
}

function serviceCells(one: ServiceReport, texts: Texts): readonly Segment[] {
  const { language } = texts
  return [
    one.service,
    styled(statusText(one, texts), STYLE_OF_STATUS[one.status]),
    formatShare(one.percentage / 100, language),
    timeText(one, texts),
    formatNumber(one.samples, language),
    measured(one.errorRate, (share) => formatShare(share, language), texts),
    measured(one.latencyRatio, (ratio) => formatRatio(ratio, language), texts),
    one.gates.total === 0 ? NOTHING : `${one.gates.met}/${one.gates.total}`,
    verdictCell(one, texts),
  ]
}

const STYLE_OF_STATUS = {
  waiting: undefined,
  running: undefined,
  paused: 'warning',
  'rolled-back': 'bad',
  complete: 'good',
} as const satisfies Record<ServiceReport['status'], Style | undefined>

export function statusText({ status, phase }: ServiceReport, texts: Texts): string {
  if (status === 'waiting') return texts.text('status.waiting')
  if (status === 'rolled-back') return texts.text('status.rolled_back')
  if (phase === null) return texts.text('status.paused_before')
  return texts.text(`status.${status}`, { phase })
}

function timeText({ inPhaseMs, phaseLengthMs }: ServiceReport, texts: Texts): string {
  if (inPhaseMs === null) return NOTHING
  const value = formatDuration(inPhaseMs)
  return phaseLengthMs === null ? value : texts.text('status.of', { value, total: formatDuration(phaseLengthMs) })
}

function measured(
  { value, limit }: ServiceReport['errorRate'],
  format: (value: number) => string,
  texts: Texts,
): Segment {
  if (value === null) return NOTHING
  if (limit === null) return format(value)
  const text = texts.text('status.below', { value: format(value), limit: format(limit) })
  return styled(text, value > limit ? 'bad' : undefined)
}

const STYLE_OF_ACTION = {
  hold: undefined,
  advance: 'good',
  complete: 'good',
  pause: 'warning',
  rollback: 'bad',
} as const satisfies Record<NonNullable<ServiceReport['verdict']>['action'], Style | undefined>

function verdictCell({ verdict }: ServiceReport, texts: Texts): Segment {
  return verdict === null
    ? NOTHING
    : styled(texts.text(`status.action_${verdict.action}`), STYLE_OF_ACTION[verdict.action])
}

function styled(text: string, style: Style | undefined): Segment {
  return style === undefined ? text : { text, style }
}
