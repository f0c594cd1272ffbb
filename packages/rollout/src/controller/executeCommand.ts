import type { Clock } from '@gradvis/kernel'

import type { Command } from '../state/Command.ts'
import { eventsOfCommand } from '../state/eventsOfCommand.ts'
import { foldState } from '../state/foldState.ts'
import { isSequenceConflict } from '../state/isSequenceConflict.ts'
import type { StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import type { RolloutStore } from './RolloutStore.ts'

/** Nobody appends this often in a row by honest means. */
const MAX_ATTEMPTS = 20

export type ExecuteOptions = Readonly<{
  actor: string
  reason?: string | undefined
  clock: Clock
  signal?: AbortSignal | undefined
  /** What is known already, to read only what came since. */
  from?: RolloutStatus | undefined
}>

export type Executed = Readonly<{ status: RolloutStatus; events: readonly StoredEvent[] }>

/**
 * Carries a command out against a store: reads what is new, asks whether it is allowed now, appends, and begins again
 * when somebody else was faster. Durable when it resolves. Rejects with what `eventsOfCommand` throws, when nothing was
 * written, or with what the store throws: if that is the loss of its answer, the command may have been carried out. Look
 * at the status before asking again; a promotion says which phase it is `to`, so asking twice is harmless.
 */
export async function executeCommand(
  store: RolloutStore,
  command: Command,
  { actor, reason, clock, signal, from }: ExecuteOptions,
): Promise<Executed> {
  let status = foldState([], from)
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    status = foldState(await store.readEvents(status.sequence, signal), status)
    const events = eventsOfCommand(status, command, { actor, reason, at: clock.now() })
    try {
      const stored = await store.append(events, status.sequence, signal)
      return { status: foldState(stored, status), events: stored }
    } catch (error) {
      if (!isSequenceConflict(error) || attempt === MAX_ATTEMPTS) throw error
    }
  }
}
