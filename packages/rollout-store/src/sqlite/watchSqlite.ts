import { type Clock, type Disposer, disposer, type Logger } from '@gradvis/kernel'

import type { SqliteDatabase } from './SqliteDatabase.ts'
import { lastSqliteSequence } from './sqliteEvents.ts'

const POLL_MS = 50

/**
 * Calls `onGrowth` within 50 ms after another connection has appended events, this process's or another's. SQLite has
 * no way to push; asking whether anything was committed costs microseconds and no lock.
 */
export function watchSqlite(
  database: SqliteDatabase,
  { clock, logger }: Readonly<{ clock: Clock; logger: Logger }>,
  onGrowth: (lastSequence: number) => void,
): Disposer {
  let seen = look(database, logger)
  const poll = () => {
    timer = clock.schedule(POLL_MS, poll)
    const current = look(database, logger, seen)
    const grown = current.last > seen.last
    seen = current
    if (grown) onGrowth(current.last)
  }
  let timer = clock.schedule(POLL_MS, poll)
  return disposer(() => timer())
}

type Seen = Readonly<{ version: number; last: number }>

/** What was seen before, when it can't look: the next poll will. */
function look(database: SqliteDatabase, logger: Logger, before: Seen = { version: -1, last: 0 }): Seen {
  try {
    const version = database.dataVersion()
    return version === before.version ? before : { version, last: lastSqliteSequence(database) }
  } catch (error) {
    logger.debug('The rollout store could not be polled', { error })
    return before
  }
}
