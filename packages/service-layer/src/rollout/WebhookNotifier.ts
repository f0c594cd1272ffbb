import { type Clock, type Logger, sleep } from '@gradvis/kernel'
import { describeEvent, type Notifier, type StoredEvent } from '@gradvis/rollout'
import type { LeakGuard } from '@gradvis/privacy'
import { Webhook } from 'standardwebhooks'

import { layerErrors } from '../layerErrors.ts'

/** With full jitter between them about four minutes in the mean, eight at most. */
const ATTEMPTS = 8
const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 120_000
const TIMEOUT_MS = 10_000
/** A receiver that is away must not cost memory without end; the log in the store is what counts. */
const MAX_QUEUED = 1_000
const LEAST_SECRET_BYTES = 24

export type WebhookOptions = Readonly<{
  /** https, or http to the loopback interface. */
  url: string
  /** Base64, with or without `whsec_`; the receiver verifies by it. */
  secret: string
}>

type Environment = Readonly<{
  clock: Clock
  logger: Logger
  random: () => number
  /** What an operator has typed may name somebody. Absent: it is posted as it is. */
  guard?: LeakGuard
}>

/**
 * Posts every event that this instance has appended, one after the other, signed as https://www.standardwebhooks.com
 * asks (`webhook-id` is the event's sequence number, the same at every attempt). Tried eight times; after that, or when
 * 1,000 wait, an event is given up and logged. Events of an instance that dies before it has posted them are not posted by
 * another one: a receiver that must miss nothing reads the log.
 */
export class WebhookNotifier implements Notifier {
  readonly #url: string
  readonly #webhook: Webhook
  readonly #environment: Environment
  readonly #queue: StoredEvent[] = []
  readonly #abort = new AbortController()
  #sending: Promise<void> | undefined

  /** Throws `layer.invalid_webhook_…`. */
  constructor({ url, secret }: WebhookOptions, environment: Environment) {
    this.#url = parseUrl(url)
    this.#webhook = parseSecret(secret)
    this.#environment = environment
  }

  notify(event: StoredEvent): void {
    if (this.#abort.signal.aborted) return
    this.#queue.push(event)
    if (this.#queue.length > MAX_QUEUED) this.#giveUp(this.#queue.shift() as StoredEvent, 'queue full')
    this.#sending ??= this.#sendAll()
  }

  /** Gives up what has not been posted. */
  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#sending
  }

  async #sendAll(): Promise<void> {
    for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
      if (!(await this.#deliver(event))) this.#giveUp(event, 'not accepted')
    }
    // In the same moment in which the queue was found empty: an event that comes next begins anew.
    this.#sending = undefined
  }

  async #deliver(event: StoredEvent): Promise<boolean> {
    const { clock, random } = this.#environment
    const body = JSON.stringify(this.#clean(bodyOf(event)))
    for (let attempt = 0; attempt < ATTEMPTS && !this.#abort.signal.aborted; attempt++) {
      if (await this.#post(String(event.sequence), body)) return true
      const delayMs = random() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt)
      await sleep(clock, delayMs, this.#abort.signal).catch(() => {})
    }
    return false
  }

  async #post(id: string, body: string): Promise<boolean> {
    const at = new Date(this.#environment.clock.now())
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': this.#webhook.sign(id, at, body),
    }
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(TIMEOUT_MS)])
    try {
      // A redirect would carry the event to an address that nobody has configured.
      const response = await fetch(this.#url, { method: 'POST', headers, body, signal, redirect: 'error' })
      await response.body?.cancel()
      return response.ok
    } catch {
      return false
    }
  }

  #clean(body: unknown): unknown {
    const { guard } = this.#environment
    return guard ? guard.clean(body, { channel: 'webhook', source: {} }) : body
  }

  #giveUp({ sequence, event }: StoredEvent, problem: string): void {
    this.#environment.logger.warn('webhook gave up on an event', { sequence, type: event.type, problem })
  }
}

/** What happened, in words and for machines. Verdicts with all their numbers are in the log. */
function bodyOf(stored: StoredEvent): unknown {
  const { sequence, at, actor, reason, event } = stored
  const service = 'service' in event ? event.service : undefined
  const detail = event.type === 'plan_adopted' ? { revision: event.revision } : {}
  return { type: `gradvis.${event.type}`, sequence, at, actor, reason, service, text: describeEvent(stored), ...detail }
}

const URL_PROBLEMS = {
  malformed: { sv: 'den är ingen webbadress', en: 'it is no web address' },
  insecure: { sv: 'den är inte krypterad', en: 'it is not encrypted' },
  credentials: { sv: 'den innehåller användarnamn eller lösenord', en: 'it holds a user name or a password' },
} as const

function parseUrl(text: string): string {
  const url = URL.parse(text)
  const isLoopback = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url === null) throw layerErrors.create('invalid_webhook_url', { problem: URL_PROBLEMS.malformed })
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    throw layerErrors.create('invalid_webhook_url', { problem: URL_PROBLEMS.insecure })
  if (url.username !== '' || url.password !== '')
    throw layerErrors.create('invalid_webhook_url', { problem: URL_PROBLEMS.credentials })
  return url.href
}

function parseSecret(secret: string): Webhook {
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (bytes.length < LEAST_SECRET_BYTES) throw layerErrors.create('invalid_webhook_secret', {})
  return new Webhook(bytes.toString('base64'))
}
