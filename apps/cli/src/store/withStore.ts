import { existsSync } from 'node:fs'

import { silentLogger, sleep } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'

import { cliErrors } from '../cliErrors.ts'
import type { Session } from '../Session.ts'
import { shownLocation, storeLocation, type StoreLocation } from './storeLocation.ts'

/** Reads nothing, and fits into 32 bits. */
const BEYOND_ANY_LOG = 2 ** 31 - 1
/** An operator who waits longer than this is better off with a failure. */
const PATIENCE_MS = 10_000

/**
 * Opens the store, does the work and closes it again, whatever happens. An embedded store that is not there is refused
 * with `cli.store_missing`, never created: a mistyped path would look like an empty rollout. A store that does not
 * answer its first question within ten seconds is `cli.store_unreachable`.
 */
export async function withStore<Result>(
  session: Session,
  option: string | undefined,
  work: (store: RolloutStore) => Promise<Result>,
): Promise<Result> {
  const place = storeLocation(option, session.env)
  if (!isThere(place)) throw cliErrors.create('store_missing', { location: shownLocation(place) })
  const opening = answering(session, place)
  const store = await withPatience(session, place, opening).catch((error: unknown) => {
    opening.then((late) => late.close()).catch(() => {})
    throw error
  })
  try {
    return await work(store)
  } finally {
    // The work is done or has failed by now, and a store that cannot be closed changes neither.
    await store.close().catch(() => {})
  }
}

/** False only for an embedded store whose file does not exist. */
export function isThere({ file }: StoreLocation): boolean {
  return file === undefined || existsSync(file)
}

/** Opened, and proven to answer. */
async function answering({ clock, signal }: Session, { location }: StoreLocation): Promise<RolloutStore> {
  const store = await openRolloutStore(location, { clock, logger: silentLogger })
  try {
    await store.readEvents(BEYOND_ANY_LOG, signal)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

async function withPatience<Result>(
  { clock, signal }: Session,
  place: StoreLocation,
  work: Promise<Result>,
): Promise<Result> {
  const done = new AbortController()
  const stop = AbortSignal.any([signal, done.signal])
  const lost = sleep(clock, PATIENCE_MS, stop).then(() => {
    throw cliErrors.create('store_unreachable', { seconds: PATIENCE_MS / 1000, location: shownLocation(place) })
  })
  // The race has one winner; what the other one says then is of no interest to anybody.
  lost.catch(() => {})
  try {
    return await Promise.race([work, lost])
  } finally {
    done.abort()
  }
}
