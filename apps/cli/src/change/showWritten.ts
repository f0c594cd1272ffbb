import type { Executed, RolloutStore } from '@gradvis/rollout'

import { failureText } from '../failureText.ts'
import { eventLine } from '../log/eventLine.ts'
import type { Session } from '../Session.ts'
import { serviceNotes } from '../status/serviceNotes.ts'
import { serviceTable } from '../status/serviceTable.ts'
import { emergencyLines } from '../status/statusLines.ts'
import { type StatusReport, statusReport } from '../status/StatusReport.ts'
import { RolloutReader } from '../store/RolloutReader.ts'
import type { Line } from '../terminal/Line.ts'

export type Written = Pick<Executed, 'events'> & Readonly<{ actor: string; json: boolean }>

/**
 * Shows what was written, and where the rollout stands now. Where the latter fails, that is a note on standard error (in
 * JSON, `status` is null) and no failure: whoever took the command for failed would give it again.
 */
export async function showWritten(store: RolloutStore, written: Written, session: Session): Promise<void> {
  const { actor, events, json } = written
  const { terminal, texts } = session
  const lines = events.map((event) => eventLine(event, texts.language))
  // Before anything is read: a store may also take its time to fail.
  if (!json) terminal.print([texts.text('change.done', { actor }), ...lines])
  try {
    const report = await reportOn(store, session)
    if (json) terminal.printJson({ events, status: report })
    else terminal.print(['', ...standing(report, events, session)])
  } catch (error) {
    if (json) terminal.printJson({ events, status: null })
    const message = await failureText(error, session)
    terminal.note([{ text: texts.text('change.status_unread', { message }), style: 'warning' }])
  }
}

async function reportOn(store: RolloutStore, { clock, signal }: Session): Promise<StatusReport> {
  return statusReport(await new RolloutReader(store).read(clock.now(), signal))
}

/** The services that the events are about; all of them where they are about the whole rollout. */
function standing(report: StatusReport, events: Written['events'], { texts }: Session): readonly Line[] {
  const named = new Set(events.flatMap(({ event }) => ('service' in event ? event.service : [])))
  const services = Object.values(report.services).filter(({ service }) => named.size === 0 || named.has(service))
  if (services.length === 0) return [...emergencyLines(report, texts), texts.text('status.no_plan')]
  return [
    ...serviceTable(services, texts),
    ...emergencyLines(report, texts),
    ...services.flatMap((one) => serviceNotes(one, texts)),
  ]
}
