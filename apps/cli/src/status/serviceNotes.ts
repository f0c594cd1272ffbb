import type { Texts } from '../texts/cliMessages.ts'
import type { Line } from '../terminal/Line.ts'
import type { ServiceReport } from './StatusReport.ts'

/** What the table has no room for: why the verdict is what it is, incidents, and what can be done. */
export function serviceNotes(one: ServiceReport, texts: Texts): readonly Line[] {
  const why = [causeText(one, texts), ...reasonTexts(one, texts)].filter((text) => text !== '')
  const lines = [
    ...incidentLines(one, texts),
    ...why.map((text): Line => `  ${text}`),
    ...adviceTexts(one, texts).map((text): Line => `  ${text}`),
  ]
  if (lines.length === 0) return []
  // On a narrow screen the last column of the table is cut off.
  const verdict = one.verdict ? ` · ${texts.text(`status.action_${one.verdict.action}`)}` : ''
  return ['', [{ text: one.service, style: 'bold' }, verdict], ...lines]
}

function incidentLines({ service, incident }: ServiceReport, texts: Texts): readonly Line[] {
  if (incident === null) return []
  const { kind, severity, since } = incident
  const named = kind === 'gdpr' ? texts.text('status.kind_gdpr') : texts.text('status.kind_security')
  const params = { service, kind: named, severity, since: since ?? '' }
  return [['  ', { text: texts.text('status.incident', params), style: 'bad' }]]
}

function causeText({ status, cause }: ServiceReport, texts: Texts): string {
  if (cause === null) return ''
  const stopped = status === 'paused' ? texts.text('status.paused_before') : texts.text('status.rolled_back')
  return `${stopped} ${causeWords(cause, texts)}`
}

function causeWords(cause: NonNullable<ServiceReport['cause']>, texts: Texts): string {
  if (cause.kind === 'guardrail') return texts.text('status.cause_guardrail', { guardrail: cause.guardrail })
  if (cause.kind === 'dependency') return texts.text('status.cause_dependency', { service: cause.service })
  return texts.text('status.cause_operator')
}

/** They come with the weightiest first. */
const SHOWN_REASONS = 4

function reasonTexts({ verdict }: ServiceReport, texts: Texts): readonly string[] {
  const reasons = (verdict?.reasons ?? []).map((reason) => reason[texts.language])
  const more = reasons.length - SHOWN_REASONS
  return more > 0 ? [...reasons.slice(0, SHOWN_REASONS), texts.text('status.more_reasons', { more })] : reasons
}

/** Nobody may resume while an incident is latched: that is said with the incident. */
function adviceTexts({ service, status, incident }: ServiceReport, texts: Texts): readonly string[] {
  if (status !== 'rolled-back') return []
  const differed = texts.text('status.advice_report', { service })
  return incident === null ? [differed, texts.text('status.advice_resume', { service })] : [differed]
}
