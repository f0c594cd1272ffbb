import { type Clock, type Disposer, disposer, type Logger } from '@gradvis/kernel'
import type { Client } from 'pg'

import { CHANNEL } from './postgresEvents.ts'
import { postgresFailure } from './postgresFailure.ts'

const POLL_MS = 1000
const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 5000

export type WatchOptions = Readonly<{ clock: Clock; logger: Logger; random: () => number }>

type Watched = Readonly<{
  connect: () => Client
  lastSequence: () => Promise<number>
  onSequence: (lastSequence: number) => void
  /** Notifications arrive from here on. What happened before went unheard. */
  onConnected: () => void
}>

/**
 * Listens on a connection of its own, which is replaced for ever when it is lost or refused, whatever the reason, and
 * polls besides: a connection may be dead for minutes before anybody notices.
 */
export function watchPostgres(options: WatchOptions, watched: Watched): Disposer {
  const stopPolling = poll(options.clock, watched)
  const stopListening = listen(options, watched)
  return disposer(() => {
    stopPolling()
    stopListening()
  })
}

function poll(clock: Clock, { lastSequence, onSequence }: Watched): Disposer {
  let stopped = false
  const again = () => (stopped ? disposer(() => {}) : clock.schedule(POLL_MS, ask))
  // A failure is the listening connection's to tell about.
  const ask = () =>
    void lastSequence()
      .then(onSequence, () => {})
      .then(() => (timer = again()))
  let timer = again()
  return disposer(() => {
    stopped = true
    timer()
  })
}

function listen(options: WatchOptions, watched: Watched): Disposer {
  const { clock, logger, random } = options
  let stopped = false
  let client: Client | undefined
  let attempt = 0
  let timer = disposer(() => {})
  const connect = async () => {
    try {
      client = watched.connect()
      await hearOut(client, watched, () => {
        attempt = 0
      })
    } catch (error) {
      if (!stopped && attempt === 0)
        logger.warn('The rollout store is not listening for changes', { code: postgresFailure(error).code })
    }
    if (stopped) return
    // Full jitter, so that a fleet does not come back all at once.
    timer = clock.schedule(
      random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt++),
      () => void connect(),
    )
  }
  void connect()
  return disposer(() => {
    stopped = true
    timer()
    void client?.end().catch(() => {})
  })
}

/** Resolves or rejects when the connection is lost. */
async function hearOut(client: Client, { onSequence, onConnected }: Watched, onListening: () => void): Promise<void> {
  const lost = Promise.withResolvers<void>()
  // It may be lost before anybody waits for that: a rejection that nobody handles would end the process.
  lost.promise.catch(() => {})
  client.on('error', lost.reject)
  client.on('end', lost.resolve)
  client.on('notification', ({ payload }) => onSequence(Number(payload)))
  try {
    await client.connect()
    keepNobodyWaiting(client)
    await client.query(`listen ${CHANNEL}`)
    onListening()
    onConnected()
    await lost.promise
  } finally {
    await client.end().catch(() => {})
  }
}

/** The driver can let the process end while a connection is open; its types don't say so. */
function keepNobodyWaiting(client: Client): void {
  ;(client as Client & { unref(): void }).unref()
}
