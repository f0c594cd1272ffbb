import type { Texts } from '../texts/cliMessages.ts'
import { formatDuration } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import { attentionLines } from './attentionLines.ts'
import { memoryTable } from './memoryTable.ts'
import { serviceNotes } from './serviceNotes.ts'
import { serviceTable } from './serviceTable.ts'
import type { StatusReport } from './StatusReport.ts'

/** The whole status for people: what is stopped first, then the table, then why. */
export function statusLines(report: StatusReport, texts: Texts): readonly Line[] {
  const services = Object.values(report.services)
  return [
    headingLine(report, texts),
    ...emergencyLines(report, texts),
    ...attentionLines(report, texts),
    '',
    ...(services.length === 0 ? [texts.text('status.no_plan')] : serviceTable(services, texts)),
    ...memoryTable(report, texts),
    ...services.flatMap((one) => serviceNotes(one, texts)),
  ]
}

function headingLine(report: StatusReport, texts: Texts): Line {
  const { plan, sequence, at, store, lastObservationAt } = report
  const parts = [
    ...(plan ? [texts.text('status.plan', { revision: plan.revision })] : []),
    texts.text('status.event', { sequence }),
    lastObservationAt === null
      ? texts.text('status.not_observed')
      : texts.text('status.observed', { ago: formatDuration(Date.parse(at ?? '') - Date.parse(lastObservationAt)) }),
    store,
  ]
  return [
    { text: texts.text('status.heading'), style: 'bold' },
    ` ${(at ?? '').slice(0, 19).replace('T', ' ')} UTC`,
    { text: ` · ${parts.join(' · ')}`, style: 'dim' },
  ]
}

export function emergencyLines({ emergencyStop }: Pick<StatusReport, 'emergencyStop'>, texts: Texts): readonly Line[] {
  if (!emergencyStop) return []
  return ['', { text: texts.text('status.emergency_stop'), style: 'alarm' }, texts.text('status.emergency_off')]
}
