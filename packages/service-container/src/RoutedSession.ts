import { AsyncLocalStorage } from 'node:async_hooks'

import type { CallOptions, Session } from '@gradvis/base-service'
import type { Decision, Subject } from '@gradvis/feature-flags'
import type { Implementation, Logger } from '@gradvis/kernel'

import { nameOf } from './nameOf.ts'
import type { RoutedCall } from './RoutedCall.ts'
import type { ServiceRoute } from './ServiceRoute.ts'
import type { SnapshotProvider } from './SnapshotProvider.ts'

type Held = Readonly<{ session: Session; implementation: Implementation }>

type Opening = Readonly<{
  route: ServiceRoute
  provider: SnapshotProvider
  logger: Logger
  subject: Subject | undefined
  call: RoutedCall
}>

/**
 * A session that follows its subject: after a flip it is opened on the new side first and closed on the old one after,
 * so that nothing is missed in between (an event may come twice). If the new side cannot open it, it stays where it is.
 */
export class RoutedSession implements Session {
  readonly closed: Promise<void>
  readonly #opening: Opening
  readonly #markClosed: () => void
  #held: Held
  #isClosed = false
  #moves: Promise<void> = Promise.resolve()
  readonly #unsubscribe: () => void
  /** Moves happen where the session was opened, not in the scope of whoever changed the rollout. */
  readonly #where = AsyncLocalStorage.snapshot()

  static async open(opening: Opening): Promise<RoutedSession> {
    const { current } = opening.provider
    const session = new RoutedSession(opening, await openOn(opening, opening.call.decision, opening.call.options))
    // A change that came while it was being opened was heard by nobody.
    if (opening.provider.current !== current) session.#queueMove()
    return session
  }

  private constructor(opening: Opening, held: Held) {
    this.#opening = opening
    this.#held = held
    const closed = Promise.withResolvers<void>()
    this.closed = closed.promise
    this.#markClosed = closed.resolve
    this.#unsubscribe = opening.provider.onChange(() => this.#where(() => this.#queueMove()))
    this.#watch(held)
  }

  get implementation(): Implementation {
    return this.#held.implementation
  }

  async close(): Promise<void> {
    this.#end()
    await this.#moves
    try {
      await this.#held.session.close()
    } finally {
      this.#markClosed()
    }
  }

  #end(): void {
    this.#isClosed = true
    this.#unsubscribe()
  }

  #watch(held: Held): void {
    const ended = () => {
      if (this.#held !== held) return
      this.#end()
      this.#markClosed()
    }
    held.session.closed.then(ended, ended)
  }

  #queueMove(): void {
    this.#moves = this.#moves
      .then(() => this.#move())
      .catch((error: unknown) => {
        const { route, logger } = this.#opening
        logger.warn('session stays where it was opened', { service: route.contract.name, error: nameOf(error) })
      })
  }

  async #move(): Promise<void> {
    const { route, subject } = this.#opening
    const decision = route.decide(subject)
    if (this.#isClosed || decision.implementation === this.#held.implementation) return
    const next = await openOn(this.#opening, decision, undefined)
    const before = this.#held
    // It may have ended while the new one was being opened.
    if (this.#isClosed || next.implementation === before.implementation) return next.session.close()
    this.#held = next
    this.#watch(next)
    await before.session.close()
  }
}

/** A move is nobody's call: it runs without the opener's signal, which may be long gone. */
async function openOn({ route, call }: Opening, decision: Decision, options: CallOptions | undefined): Promise<Held> {
  let implementation = decision.implementation
  const session = (await route.call({ ...call, options, decision }, (slot) => {
    implementation = slot.implementation
  })) as Session
  return { session, implementation }
}
