import {
  type Command,
  describeEvent,
  eventsOfCommand,
  executeCommand,
  foldState,
  type RolloutStatus,
  type RolloutStore,
} from '@gradvis/rollout'

import type { ChangeInput } from '../arguments/inputs.ts'
import { cliErrors } from '../cliErrors.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { eventLine } from '../log/eventLine.ts'
import type { Session } from '../Session.ts'
import { serviceNotes } from '../status/serviceNotes.ts'
import { serviceTable } from '../status/serviceTable.ts'
import { emergencyLines } from '../status/statusLines.ts'
import { type StatusReport, statusReport } from '../status/StatusReport.ts'
import { RolloutReader } from '../store/RolloutReader.ts'
import { withStore } from '../store/withStore.ts'
import type { Line } from '../terminal/Line.ts'
import { YES } from '../texts/changeTexts.ts'
import { actorOf } from './actorOf.ts'

/**
 * Carries a command out: refuses what nobody can confirm, shows what is going to happen, asks, writes, and shows what
 * was written and where the rollout stands now. Nothing is written before the answer.
 */
export async function changeRollout(
  input: ChangeInput,
  session: Session,
  commandFor: (status: RolloutStatus) => Command,
): Promise<ExitCode> {
  if (!input.yes && !session.terminal.canAsk) throw cliErrors.create('confirmation_needed', {})
  return withStore(session, input.store, async (store): Promise<ExitCode> => {
    const { clock, signal, terminal, texts } = session
    const from = foldState(await store.readEvents(0, signal))
    const command = commandFor(from)
    const actor = actorOf(input, session)
    if (!input.yes) await confirm(previewOf(from, command, { actor, at: clock.now() }, session), session)
    const { events } = await executeCommand(store, command, { actor, reason: input.reason, clock, signal, from })
    const report = await reportOn(store, session)
    if (input.json) {
      terminal.printJson({ events, status: report })
      return EXIT.done
    }
    const written = events.map((event) => eventLine(event, texts.language))
    terminal.print([texts.text('change.done', { actor }), ...written, '', ...standing(report, events, session)])
    return EXIT.done
  })
}

/** What would be written, in words. Throws where the rollout's state refuses it. */
function previewOf(
  status: RolloutStatus,
  command: Command,
  context: Readonly<{ actor: string; at: number }>,
  { texts }: Session,
): readonly Line[] {
  const events = eventsOfCommand(status, command, context)
  return [
    texts.text('change.preview'),
    ...events.map((event): Line => [{ text: '  ! ', style: 'warning' }, describeEvent(event)[texts.language]]),
  ]
}

async function confirm(preview: readonly Line[], { terminal, texts, signal }: Session): Promise<void> {
  terminal.note(preview)
  const answer = await terminal.ask(texts.text('change.confirm'), signal)
  if (!YES.some((yes) => yes === answer.trim().toLowerCase())) throw cliErrors.create('declined', {})
}

async function reportOn(store: RolloutStore, { clock, signal }: Session): Promise<StatusReport> {
  return statusReport(await new RolloutReader(store).read(clock.now(), signal))
}

type Events = Awaited<ReturnType<typeof executeCommand>>['events']

/** The services that the events are about; all of them where they are about the whole rollout. */
function standing(report: StatusReport, events: Events, { texts }: Session): readonly Line[] {
  const named = new Set(events.flatMap(({ event }) => ('service' in event ? event.service : [])))
  const services = Object.values(report.services).filter(({ service }) => named.size === 0 || named.has(service))
  if (services.length === 0) return [...emergencyLines(report, texts), texts.text('status.no_plan')]
  return [
    ...serviceTable(services, texts),
    ...emergencyLines(report, texts),
    ...services.flatMap((one) => serviceNotes(one, texts)),
  ]
}
