import type { Texts } from '../texts/cliMessages.ts'
import { formatShare } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import { emergencyLines } from './statusLines.ts'
import { statusText } from './serviceTable.ts'
import type { ServiceReport, StatusReport } from './StatusReport.ts'

/** One line per service that is not as it was; all of them where nothing was known before. */
export function changeLines(before: StatusReport | undefined, after: StatusReport, texts: Texts): readonly Line[] {
  const stop =
    before?.emergencyStop === after.emergencyStop ? [] : emergencyLines(after, texts).filter((one) => one !== '')
  const services = Object.values(after.services)
  const changed = services.filter((one) => keyOf(one) !== keyOf(before?.services[one.service]))
  const lines = changed.map((one): Line => `${after.at ?? ''} ${lineOf(one, texts)}`)
  const isEmpty = before === undefined && services.length === 0
  return [...stop, ...lines, ...(isEmpty ? [texts.text('status.no_plan')] : [])]
}

/** Everything but what changes by the second. */
function keyOf(one: ServiceReport | undefined): string {
  if (one === undefined) return ''
  const { status, phase, percentage, gates, incident, cause, verdict } = one
  return JSON.stringify([status, phase, percentage, gates, incident, cause, verdict?.action])
}

function lineOf(one: ServiceReport, texts: Texts): string {
  const { service, percentage, gates, verdict, incident } = one
  return [
    service,
    statusText(one, texts),
    formatShare(percentage / 100, texts.language),
    ...(gates.total > 0 ? [`${texts.text('status.col_gates')} ${gates.met}/${gates.total}`] : []),
    ...(incident ? [texts.text(incident.kind === 'gdpr' ? 'status.kind_gdpr' : 'status.kind_security')] : []),
    ...(verdict ? [texts.text(`status.action_${verdict.action}`)] : []),
    ...(verdict?.reasons[0] ? [verdict.reasons[0][texts.language]] : []),
  ].join(' · ')
}
