import type { Verdict } from '@gradvis/rollout'

import { eventLine } from '../log/eventLine.ts'
import { formatBytes, formatNumber, formatRatio, formatShare } from '../terminal/format.ts'
import type { Line, Segment } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { Texts } from '../texts/cliMessages.ts'
import type { ServiceAnalysis } from './analyseService.ts'

type Judged = Verdict['criteria'][number] | Verdict['guardrails'][number]

/** The event, and everything that its verdict rested on. */
export function rollbackLines({ lastRollback }: ServiceAnalysis, texts: Texts): readonly Line[] {
  if (lastRollback === null) return [`  ${texts.text('report.no_rollback')}`]
  const { verdict } = lastRollback.event
  const heading = ['  ', eventLine(lastRollback, texts.language)].flat() as readonly Segment[]
  if (verdict === undefined) return [heading, `  ${texts.text('report.no_verdict')}`]
  const judged: readonly (readonly [string, Judged])[] = [
    ...verdict.guardrails.map((one) => [texts.text('report.guardrail'), one] as const),
    ...verdict.criteria.map((one) => [texts.text('report.criterion'), one] as const),
  ]
  const columns = Array.from({ length: 6 }, () => ({ title: '' }))
  const rows = judged.map(([kind, one]) => cellsOf(kind, one, texts))
  return [
    heading,
    ...verdict.reasons.map((one): Line => `  ${one[texts.language]}`),
    ...tableLines(columns, rows).slice(1),
  ]
}

function cellsOf(kind: string, one: Judged, texts: Texts): readonly Segment[] {
  const outcome = texts.text(`report.${one.outcome}`)
  const { samples, evidence, evidenceLimit } = one
  const number = (value: number) => formatNumber(value, texts.language, 1)
  return [
    `  ${kind}`,
    one.id,
    one.outcome === 'breached' ? { text: outcome, style: 'bad' } : outcome,
    [valueText(one.value, one, texts), valueText(one.limit, one, texts)].filter(Boolean).join(' / '),
    [
      samples === undefined ? '' : texts.text('report.samples', { count: number(samples) }),
      evidence === undefined || evidenceLimit === undefined
        ? ''
        : texts.text('report.evidence', { value: number(evidence), limit: number(evidenceLimit) }),
    ]
      .filter(Boolean)
      .join(', '),
    one.text[texts.language],
  ]
}

function valueText(value: number | undefined, { unit }: Judged, { language }: Texts): string {
  if (value === undefined) return ''
  if (unit === 'share') return formatShare(value, language)
  if (unit === 'ratio') return formatRatio(value, language)
  if (unit === 'bytes') return formatBytes(value, language)
  if (unit === 'bytes/h') return `${formatBytes(value, language)}/h`
  return formatNumber(value, language, 2)
}
