import { type ConsentPolicy, ConsentRegister } from '@gradvis/privacy'

import { BaseService, type BaseServiceOptions } from './BaseService.ts'
import type { Contract } from './contract/Contract.ts'
import { endsWithin } from './endsWithin.ts'
import { framesOf } from './framesOf.ts'
import { ConsentTrail } from './media/ConsentTrail.ts'
import { DEFAULT_MEDIA, type MediaConstraints } from './media/MediaConstraints.ts'
import type { RecordedRoom } from './media/recording/RecordedRoom.ts'
import { Recording } from './media/recording/Recording.ts'
import type { RecordingSink } from './media/recording/RecordingSink.ts'
import { requireConsent } from './media/requireConsent.ts'
import { TrackRegistry } from './media/TrackRegistry.ts'
import { notRunning } from './notRunning.ts'
import type { ServiceContext } from './ServiceContext.ts'

/** How long `stop` waits for audit entries of consents. */
const TRAIL_PATIENCE_MS = 5_000

export type MediaServiceOptions = BaseServiceOptions &
  Readonly<{
    /** What a consent needs, to be enough. Default: a day for recordings, until they are withdrawn for the others. */
    consent?: ConsentPolicy | undefined
  }>

/**
 * What a migrated media service extends: consent before media, sound only unless video is asked for, every track
 * stopped when the service stops, and no recording without the consent of everyone present.
 */
export abstract class MediaBaseService<C extends Contract> extends BaseService<C> {
  /** Each change of it is audited, after it is in force and whether or not it can be. */
  protected readonly consents: ConsentRegister
  protected readonly tracks = new TrackRegistry()
  readonly #trail: ConsentTrail
  readonly #recordings = new Set<Recording>()

  constructor(contract: C, context: ServiceContext, { consent, ...options }: MediaServiceOptions = {}) {
    super(contract, context, options)
    const { clock, logger } = this.context
    this.#trail = new ConsentTrail(contract.name, this.context)
    this.consents = new ConsentRegister({
      clock,
      policy: consent,
      onListenerError: (error) => logger.error('a listener of consents failed', { frames: framesOf(error) }),
    })
    this.consents.onChanged((changed) => this.#trail.record(changed, this.participantOf(changed.key)))
  }

  override reportBytes(): number {
    return [...this.#recordings].reduce((sum, { heldBytes }) => sum + heldBytes, super.reportBytes())
  }

  /** A subclass that overrides this calls `super.onStop()` last. */
  protected override async onStop(): Promise<void> {
    const ended = [...this.#recordings].map((recording) => recording.stop('service_stopped'))
    try {
      // Before anything is waited for: a sink that takes its time keeps no microphone open.
      this.tracks.stopAll()
    } finally {
      await Promise.all(ended)
      this.consents.clear()
      await this.#settleTrail()
      await super.onStop()
    }
  }

  /** Who is behind a key of `consents`, as the application names them: the subject of its audit entries. */
  protected participantOf(key: string): string | undefined {
    return key
  }

  protected constraints({ audio = DEFAULT_MEDIA.audio, video = DEFAULT_MEDIA.video } = {}): MediaConstraints {
    return { audio, video }
  }

  /**
   * Starts a recording of everyone in the room, all of whom must have consented: throws `media.consent_missing`
   * otherwise, and the sink is not touched. It ends with the service.
   */
  protected record(room: RecordedRoom, sink: RecordingSink): Recording {
    if (this.state !== 'running') throw notRunning(this.contract.name, this.state)
    requireConsent(this.consents, room.present(), 'recording')
    const { clock, logger } = this.context
    const recording = new Recording({ clock, logger, consents: this.consents, room, sink })
    this.#recordings.add(recording)
    void recording.ended.then(() => this.#recordings.delete(recording))
    return recording
  }

  /** Resolves when every change of consent so far is durable in the audit trail, or its failure is in the log. */
  protected consentsAudited(): Promise<void> {
    return this.#trail.settled()
  }

  /** A trail that hangs holds up no stop. */
  async #settleTrail(): Promise<void> {
    const { clock, logger } = this.context
    if (await endsWithin(clock, this.#trail.settled(), TRAIL_PATIENCE_MS)) return
    logger.error('stopped while changes of consent were not in the audit trail')
  }
}
