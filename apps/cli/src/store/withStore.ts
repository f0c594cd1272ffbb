import { silentLogger } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'

import type { Session } from '../Session.ts'
import { withOpened } from './withOpened.ts'

/** Reads nothing, and fits into 32 bits. */
const BEYOND_ANY_LOG = 2 ** 31 - 1

/** Does work with the rollout store; see `withOpened`. */
export function withStore<Result>(
  session: Session,
  option: string | undefined,
  work: (store: RolloutStore) => Promise<Result>,
): Promise<Result> {
  const { clock, signal } = session
  return withOpened(
    session,
    option,
    {
      open: (location) => openRolloutStore(location, { clock, logger: silentLogger }),
      ask: (store) => store.readEvents(BEYOND_ANY_LOG, signal),
    },
    work,
  )
}
