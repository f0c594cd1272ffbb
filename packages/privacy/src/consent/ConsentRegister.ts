import { type Clock, type Disposer, TypedEvents } from '@gradvis/kernel'

import { type Consent, CONSENT_PURPOSES, type ConsentPurpose } from './Consent.ts'
import type { ConsentEvent } from './ConsentEvent.ts'
import { type ConsentPolicy, DEFAULT_CONSENT_POLICY } from './ConsentPolicy.ts'
import { type ConsentState, consentState } from './consentState.ts'

/** A change, and whose. Keys are the service's own, opaque. */
export type ConsentChanged = Readonly<{ key: string; event: ConsentEvent }>

export type ConsentRegisterOptions = Readonly<{
  clock: Clock
  /** By purpose; a purpose that is left out has the default's terms. */
  policy?: ConsentPolicy | undefined
  /** Told of what a listener throws. A listener can't undo a change and stops no other listener. */
  onListenerError: (error: unknown) => void
}>

export type Withdrawal = Readonly<{
  /** Default: all of them. */
  purposes?: readonly ConsentPurpose[] | undefined
  /** When the participant said so, where that was earlier than now; what is no number counts as now. */
  at?: number | undefined
}>

/**
 * Who agrees to what, as events per participant. Nothing is allowed that was not given; a change is in force when the
 * call that makes it returns, and before anybody is told of it. Listeners are told synchronously, once per change.
 */
export class ConsentRegister {
  readonly #clock: Clock
  readonly #policy: ConsentPolicy
  readonly #changes: TypedEvents<{ changed: ConsentChanged }>
  readonly #histories = new Map<string, ConsentEvent[]>()
  #wake: Disposer | undefined

  constructor({ clock, policy = {}, onListenerError }: ConsentRegisterOptions) {
    this.#clock = clock
    this.#policy = { ...DEFAULT_CONSENT_POLICY, ...policy }
    this.#changes = new TypedEvents(onListenerError)
  }

  /**
   * Adds to what was given before. A copy of a consent that was given before, or one from before the last change of
   * its purpose, changes nothing: what is sent again takes no withdrawal back. One from the future counts from now.
   */
  give(key: string, { purposes, version, givenAt }: Consent): void {
    this.noteExpiries()
    const at = Math.min(givenAt, this.#clock.now())
    const claimed = givenAt > at && { claimedAt: givenAt }
    for (const purpose of new Set(purposes)) {
      const event = { change: 'given', purpose, version, at, ...claimed } as const
      if (isNews(this.history(key), event)) this.#record(key, event)
    }
    this.noteExpiries()
  }

  /**
   * Idempotent; what was never given can't be withdrawn and leaves no trace. A consent that has ended already is only
   * touched by a withdrawal from before its end.
   */
  withdraw(key: string, { purposes = CONSENT_PURPOSES, at = Infinity }: Withdrawal = {}): void {
    this.noteExpiries()
    const now = this.#clock.now()
    const effectiveAt = Number.isNaN(at) ? now : Math.min(at, now)
    for (const purpose of new Set(purposes)) {
      const state = this.state(key, purpose)
      if (state.status === 'none') continue
      const endedAt = 'at' in state ? state.at : Infinity
      if (effectiveAt >= endedAt) continue
      this.#record(key, { change: 'withdrawn', purpose, version: state.version, at: effectiveAt })
    }
  }

  allows(key: string, purpose: ConsentPurpose): boolean {
    return this.state(key, purpose).status === 'given'
  }

  /** True only when there is at least one participant and every one of them agrees. */
  allAllow(keys: Iterable<string>, purpose: ConsentPurpose): boolean {
    const all = [...keys]
    return all.length > 0 && all.every((key) => this.allows(key, purpose))
  }

  state(key: string, purpose: ConsentPurpose): ConsentState {
    return consentState(this.history(key), purpose, this.#policy[purpose] ?? {}, this.#clock.now())
  }

  /** What one participant's state is made of, in the order it was recorded. */
  history(key: string): readonly ConsentEvent[] {
    return this.#histories.get(key) ?? []
  }

  onChanged(listener: (changed: ConsentChanged) => void): Disposer {
    return this.#changes.on('changed', listener)
  }

  /** Records what has expired by now. Happens by itself when it is due; nothing expired is allowed until then either. */
  noteExpiries(): void {
    for (const [key, purpose] of this.#perishable()) {
      // As it is now: a listener that was told of another may have changed it.
      const state = this.state(key, purpose)
      const isNoted = this.history(key).findLast((event) => event.purpose === purpose)?.change === 'expired'
      if (state.status === 'expired' && !isNoted)
        this.#record(key, { change: 'expired', purpose, version: state.version, at: state.at })
    }
    this.#wakeAtNextExpiry()
  }

  /** The participant has gone: not a withdrawal, so nobody is told. */
  forget(key: string): void {
    this.#histories.delete(key)
  }

  clear(): void {
    this.#histories.clear()
    this.#wake?.()
  }

  /** How many participants it knows something of. */
  get size(): number {
    return this.#histories.size
  }

  #record(key: string, event: ConsentEvent): void {
    this.#histories.set(key, [...this.history(key), event])
    this.#changes.emit('changed', { key, event })
  }

  #perishable(): readonly (readonly [string, ConsentPurpose, ConsentState])[] {
    const purposes = CONSENT_PURPOSES.filter((purpose) => this.#policy[purpose]?.validForMs !== undefined)
    return [...this.#histories.keys()].flatMap((key) =>
      purposes.map((purpose) => [key, purpose, this.state(key, purpose)] as const),
    )
  }

  #wakeAtNextExpiry(): void {
    this.#wake?.()
    const expiries = this.#perishable().flatMap(([, , state]) =>
      state.status === 'given' && state.expiresAt !== undefined ? [state.expiresAt] : [],
    )
    if (expiries.length === 0) return
    const delayMs = Math.max(0, Math.min(...expiries) - this.#clock.now())
    this.#wake = this.#clock.schedule(delayMs, () => this.noteExpiries())
  }
}

function isNews(history: readonly ConsentEvent[], given: ConsentEvent): boolean {
  const earlier = history.filter((event) => event.purpose === given.purpose)
  const saidAt = ({ claimedAt, at }: ConsentEvent) => claimedAt ?? at
  const isCopy = earlier.some(
    (event) => event.change === 'given' && event.version === given.version && saidAt(event) === saidAt(given),
  )
  return !isCopy && given.at >= Math.max(...earlier.map(({ at }) => at))
}
