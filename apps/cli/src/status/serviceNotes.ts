import type { Texts } from '../texts/cliMessages.ts'
import type { Line } from '../terminal/Line.ts'
import type { ServiceReport, StatusReport } from './StatusReport.ts'

/** What the table has no room for: why the verdict is what it is, incidents, and what can be done. */
export function serviceNotes(one: ServiceReport, { at }: Pick<StatusReport, 'at'>, texts: Texts): readonly Line[] {
  const why = [causeText(one, texts), ...reasonTexts(one, texts)].filter((text) => text !== '')
  const lines = [
    ...incidentLines(one, texts),
    ...why.map((text): Line => `  ${text}`),
    ...cooldownTexts(one, at, texts).map((text): Line => `  ${text}`),
  ]
  return lines.length === 0 ? [] : ['', { text: one.service, style: 'bold' }, ...lines]
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

function cooldownTexts({ service, status, cooldownUntil }: ServiceReport, at: string | null, texts: Texts): string[] {
  if (status !== 'rolled-back' || cooldownUntil === null) return []
  const isOver = at !== null && Date.parse(cooldownUntil) <= Date.parse(at)
  return [
    isOver
      ? texts.text('status.cooldown_over', { service })
      : texts.text('status.cooldown', { service, until: cooldownUntil }),
  ]
}
