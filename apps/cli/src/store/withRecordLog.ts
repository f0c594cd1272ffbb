import { openRecordLog, type RecordLog } from '@gradvis/rollout-store'

import type { Session } from '../Session.ts'
import { withOpened } from './withOpened.ts'

/** Does work with the log that the audit trail is in; see `withOpened`. */
export function withRecordLog<Result>(
  session: Session,
  option: string | undefined,
  work: (log: RecordLog) => Promise<Result>,
): Promise<Result> {
  const { clock, signal } = session
  return withOpened(
    session,
    option,
    { open: (location) => openRecordLog(location, { clock }), ask: (log) => log.head(signal) },
    work,
  )
}
