import { type Clock, type Disposer, type Logger, TypedEvents } from '@gradvis/kernel'
import type { ConsentChanged, ConsentRegister } from '@gradvis/privacy'

import { endsWithin } from '../../endsWithin.ts'
import { framesOf } from '../../framesOf.ts'
import { ChunkJournal } from './ChunkJournal.ts'
import { finishRecording } from './finishRecording.ts'
import { Presence } from './Presence.ts'
import type { RecordedRoom } from './RecordedRoom.ts'
import type { RecordingChunk } from './RecordingChunk.ts'
import type { RecordingSink } from './RecordingSink.ts'
import type { RecordingEnd, RecordingEnded, RecordingState } from './RecordingState.ts'

export type RecordingOptions = Readonly<{
  clock: Clock
  logger: Logger
  consents: ConsentRegister
  room: RecordedRoom
  sink: RecordingSink
}>

type Pending = Readonly<{ chunk: RecordingChunk; settle: (written: boolean) => void }>

/**
 * One recording of one room. What it writes was captured, from its first to its last millisecond, while everyone
 * present had consented to being recorded. Somebody who joins without consent pauses it; a consent that ends stops it
 * at once and for good, and takes away what was captured since. Once it has ended it is out of this guard's reach.
 */
export class Recording {
  readonly #options: RecordingOptions
  readonly #events: TypedEvents<{ state: RecordingState }>
  readonly #presence = new Presence()
  readonly #journal = new ChunkJournal()
  readonly #ended = Promise.withResolvers<RecordingEnded>()
  readonly #subscriptions: readonly Disposer[]
  #pending: Pending[] = []
  #writing: Promise<void> | undefined
  /** The last write failed, half-way perhaps. */
  #isTorn = false
  #state: RecordingState
  /** Since when everyone present has consented, without a break. */
  #sinceMs: number
  /** The earliest moment at which a consent is known to have ended. */
  #cutMs = Infinity

  constructor(options: RecordingOptions) {
    const { clock, logger, consents, room } = options
    this.#options = options
    this.#events = new TypedEvents((error) =>
      logger.error('a listener of a recording failed', { frames: framesOf(error) }),
    )
    this.#state = { status: 'recording' }
    this.#sinceMs = clock.now()
    this.#subscriptions = [
      room.onChanged(() => this.#review()),
      consents.onChanged((changed) => this.#onConsent(changed)),
    ]
    this.#review()
  }

  get state(): RecordingState {
    return this.#state
  }

  /** Called synchronously with each new state. */
  onState(listener: (state: RecordingState) => void): Disposer {
    return this.#events.on('state', listener)
  }

  /** Resolves once, when the sink is closed or discarded. Never rejects. */
  get ended(): Promise<RecordingEnded> {
    return this.#ended.promise
  }

  /** Bytes that wait to be written. */
  get heldBytes(): number {
    return this.#pending.reduce((sum, { chunk }) => sum + chunk.data.byteLength, 0)
  }

  /**
   * Resolves with whether the chunk was handed to the sink; awaiting it is the back-pressure. Refused is what was not
   * captured wholly within the present stretch of everybody's consent, and what claims to be from the future. Never
   * rejects: a sink that fails ends the recording.
   */
  write(chunk: RecordingChunk): Promise<boolean> {
    this.#review()
    if (!this.#admits(chunk)) return Promise.resolve(false)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#pending.push({ chunk, settle: resolve })
    this.#writing ??= Promise.resolve().then(() => this.#writeAll())
    return promise
  }

  /** Ends it and keeps what is written. Idempotent. What still waits is dropped. */
  stop(reason: 'stopped' | 'service_stopped' = 'stopped'): Promise<RecordingEnded> {
    this.#end(reason)
    return this.ended
  }

  #admits({ startMs, endMs, from = [], data }: RecordingChunk): boolean {
    if (this.#state.status !== 'recording' || data.byteLength === 0) return false
    const isWithin = startMs >= this.#sinceMs && endMs > startMs && endMs <= this.#options.clock.now()
    return isWithin && from.every((key) => this.#presence.has(key))
  }

  /** Compares who is there with who has consented, now. */
  #review(): void {
    if (!this.#isOpen()) return
    const { clock, consents } = this.#options
    const present = this.#lookAround()
    const isMissing = (key: string) => !consents.allows(key, 'recording')
    // A consent that has expired ends the recording; only one that was never there pauses it.
    if (present.some(isMissing)) consents.noteExpiries()
    if (!this.#isOpen()) return
    const missing = present.filter(isMissing).length
    if (missing > 0 || present.length === 0) this.#pause(missing)
    else if (this.#state.status === 'paused') {
      this.#sinceMs = clock.now()
      this.#enter({ status: 'recording' })
    }
  }

  #lookAround(): readonly string[] {
    const { clock, room } = this.#options
    const present = room.present()
    this.#presence.see(present, clock.now())
    return present
  }

  #pause(missing: number): void {
    if (this.#state.status === 'paused' && this.#state.missing === missing) return
    this.#dropPending()
    this.#enter({ status: 'paused', missing })
  }

  #onConsent({ key, event: { purpose, change, at } }: ConsentChanged): void {
    if (purpose !== 'recording') return
    this.#lookAround()
    if (change === 'given' || !this.#presence.mayHaveBeenThereAfter(key, at)) return this.#review()
    this.#cutMs = Math.min(this.#cutMs, at)
    this.#end(change === 'withdrawn' ? 'consent_withdrawn' : 'consent_expired')
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      const { chunk, settle } = next
      this.#journal.add(chunk.endMs, chunk.data.byteLength)
      settle(await this.#hand(chunk))
    }
    // Here and not when the promise settles: whoever awaited the last chunk may have written another by then.
    this.#writing = undefined
  }

  async #hand({ data }: RecordingChunk): Promise<boolean> {
    try {
      await this.#options.sink.write(data)
      return true
    } catch (error) {
      this.#options.logger.error('a recording could not be written', { frames: framesOf(error) })
      this.#journal.removeLast()
      this.#isTorn = true
      this.#end('sink_failed')
      return false
    }
  }

  #end(reason: RecordingEnd): void {
    if (!this.#isOpen()) return
    this.#dropPending()
    this.#enter({ status: 'stopping', reason })
    void this.#finish(reason)
  }

  async #finish(reason: RecordingEnd): Promise<void> {
    const { sink, clock, logger } = this.#options
    const ended = await finishRecording({
      sink,
      logger,
      reason,
      inFlight: this.#writing ?? Promise.resolve(),
      endsWithin: (work, limitMs) => endsWithin(clock, work, limitMs),
      written: () => (this.#isTorn ? Infinity : this.#journal.sizeBytes),
      allowed: () => this.#journal.sizeBefore(this.#cutMs),
    })
    for (const unsubscribe of this.#subscriptions) unsubscribe()
    this.#enter(ended)
    this.#ended.resolve(ended)
  }

  #dropPending(): void {
    const dropped = this.#pending
    this.#pending = []
    for (const { settle } of dropped) settle(false)
  }

  #isOpen(): boolean {
    return this.#state.status === 'recording' || this.#state.status === 'paused'
  }

  #enter(state: RecordingState): void {
    this.#state = state
    this.#events.emit('state', state)
  }
}
