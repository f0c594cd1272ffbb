import { sleep } from '@gradvis/kernel'

import { cliErrors } from '../cliErrors.ts'
import type { Session } from '../Session.ts'
import { isThere, shownLocation, storeLocation, type StoreLocation } from './storeLocation.ts'

/** An operator who waits longer than this is better off with a failure. */
const PATIENCE_MS = 10_000

export type Closeable = Readonly<{ close: () => Promise<void> }>
export type Opening<Opened> = Readonly<{
  open: (location: string) => Promise<Opened>
  /** The first question that it must answer. */
  ask: (opened: Opened) => Promise<unknown>
}>

/**
 * Opens something in a store, does the work and closes it again, whatever happens. An embedded store that is not there is
 * refused with `cli.store_missing`, never created: a mistyped path would look like an empty rollout. One that does not
 * answer its first question within ten seconds is `cli.store_unreachable`.
 */
export async function withOpened<Opened extends Closeable, Result>(
  session: Session,
  option: string | undefined,
  opening: Opening<Opened>,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const place = storeLocation(option, session.env)
  if (!isThere(place)) throw cliErrors.create('store_missing', { location: shownLocation(place) })
  const answering = answered(place, opening)
  const opened = await withPatience(session, place, answering).catch((error: unknown) => {
    answering.then((late) => late.close()).catch(() => {})
    throw error
  })
  try {
    return await work(opened)
  } finally {
    // The work is done or has failed by now, and a store that cannot be closed changes neither.
    await opened.close().catch(() => {})
  }
}

/** Opened, and proven to answer. */
async function answered<Opened extends Closeable>(
  { location }: StoreLocation,
  { open, ask }: Opening<Opened>,
): Promise<Opened> {
  const opened = await open(location)
  try {
    await ask(opened)
    return opened
  } catch (error) {
    await opened.close()
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
