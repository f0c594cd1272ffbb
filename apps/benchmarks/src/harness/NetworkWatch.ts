import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Node's own announcements of every way out: sockets, `http` and `https` requests, `fetch`. */
const CHANNELS = ['net.client.socket', 'http.client.request.start', 'undici:request:create'] as const

/** Notices every attempt to reach a network from now until it is disposed. It stops none. */
export class NetworkWatch implements Disposable {
  readonly #attempts: string[] = []
  readonly #note = (_message: unknown, channel: string | symbol) => {
    this.#attempts.push(String(channel))
  }

  constructor() {
    for (const channel of CHANNELS) subscribe(channel, this.#note)
  }

  /** Throws if there was an attempt: a rival that waits for a server is not measured offline. */
  expectNone(): void {
    if (this.#attempts.length > 0) throw new Error(`The network was tried: ${[...new Set(this.#attempts)].join(', ')}`)
  }

  [Symbol.dispose](): void {
    for (const channel of CHANNELS) unsubscribe(channel, this.#note)
  }
}
