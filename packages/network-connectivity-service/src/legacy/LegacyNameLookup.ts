import { lookup, Resolver } from 'node:dns'

import type { Clock, Disposer } from '@gradvis/kernel'

import { codesOf } from './legacyProblems.ts'

export type LegacyAddress = { address: string; family: number }
type Callback = (error: NodeJS.ErrnoException | null, addresses: LegacyAddress[]) => void

/** How long the slower of A and AAAA is waited for when the other has been answered. */
const WAIT_FOR_OTHER_FAMILY = 50

/**
 * One lookup of one name, for A and AAAA at once. Asks the name servers directly, since the system's own lookup cannot
 * be cancelled; that one is used when the name servers know nothing, because it reads the hosts file.
 */
export class LegacyNameLookup {
  readonly #resolver = new Resolver({ timeout: 1_500, tries: 1 })
  readonly #clock: Clock
  readonly #hostname: string
  readonly #ownServers: boolean
  readonly #callback: Callback
  readonly #found: LegacyAddress[] = []
  #firstError: NodeJS.ErrnoException | null = null
  #isSilent = false
  #open = 2
  #isDone = false
  #waiting: Disposer | null = null

  constructor(clock: Clock, hostname: string, servers: readonly string[] | null, callback: Callback) {
    this.#clock = clock
    this.#hostname = hostname
    this.#ownServers = servers !== null
    this.#callback = callback
    if (servers !== null) this.#resolver.setServers(servers)
  }

  start(): void {
    // These names mean this machine by definition, and are never sent to a name server.
    if (this.#hostname === 'localhost' || this.#hostname.endsWith('.localhost')) {
      this.#finish(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])
      return
    }
    this.#resolver.resolve4(this.#hostname, (error, addresses) => this.#onAnswer(4, error, addresses))
    this.#resolver.resolve6(this.#hostname, (error, addresses) => this.#onAnswer(6, error, addresses))
  }

  cancel(): void {
    this.#isDone = true
    this.#waiting?.()
    this.#resolver.cancel()
  }

  #onAnswer(family: number, error: NodeJS.ErrnoException | null, addresses: readonly string[]): void {
    if (this.#isDone) return
    this.#open -= 1
    if (error) {
      this.#firstError ??= error
      this.#isSilent ||= codesOf(error).includes('ETIMEOUT')
    } else {
      for (const address of addresses) this.#found.push({ address, family })
    }
    if (this.#open === 0) this.#onAllAnswered()
    else if (this.#found.length > 0)
      this.#waiting = this.#clock.schedule(WAIT_FOR_OTHER_FAMILY, () => this.#finish(null, this.#found))
  }

  #onAllAnswered(): void {
    if (this.#found.length > 0) this.#finish(null, this.#found)
    else if (this.#ownServers || this.#isSilent) this.#finish(this.#firstError, [])
    else this.#askSystem()
  }

  #askSystem(): void {
    lookup(this.#hostname, { all: true }, (error, addresses) => {
      if (!this.#isDone) this.#finish(error, addresses ?? [])
    })
  }

  #finish(error: NodeJS.ErrnoException | null, addresses: LegacyAddress[]): void {
    this.cancel()
    this.#callback(error, addresses)
  }
}
