import {
  type Command,
  describeEvent,
  eventsOfCommand,
  executeCommand,
  foldState,
  type RolloutStatus,
} from '@gradvis/rollout'

import type { ChangeInput } from '../arguments/inputs.ts'
import { cliErrors } from '../cliErrors.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import type { Session } from '../Session.ts'
import { withStore } from '../store/withStore.ts'
import type { Line } from '../terminal/Line.ts'
import { actorOf } from './actorOf.ts'
import { confirm } from './confirm.ts'
import { showWritten } from './showWritten.ts'

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
    const { clock, signal } = session
    const from = foldState(await store.readEvents(0, signal))
    const command = commandFor(from)
    const actor = actorOf(input, session)
    if (!input.yes) await confirm(previewOf(from, command, { actor, at: clock.now() }, session), session)
    const { events } = await executeCommand(store, command, { actor, reason: input.reason, clock, signal, from })
    await showWritten(store, { actor, events, json: input.json }, session)
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
