import { BaseService } from './BaseService.ts'
import type { Contract } from './contract/Contract.ts'
import { DEFAULT_MEDIA, type MediaConstraints } from './media/MediaConstraints.ts'
import { ConsentRegister } from './media/MediaConsent.ts'
import { TrackRegistry } from './media/TrackRegistry.ts'

/**
 * What a migrated media service extends: consent before media, sound only unless video is asked for, every track
 * stopped when the service stops, and no recording without the consent of everyone present.
 */
export abstract class MediaBaseService<C extends Contract> extends BaseService<C> {
  protected readonly consents = new ConsentRegister()
  protected readonly tracks = new TrackRegistry()

  /** A subclass that overrides this calls `super.onStop()` last. */
  protected override async onStop(): Promise<void> {
    this.consents.clear()
    this.tracks.stopAll()
    await super.onStop()
  }

  protected constraints(wished: Partial<MediaConstraints> = {}): MediaConstraints {
    return { ...DEFAULT_MEDIA, ...wished }
  }

  /** Throws `media.consent_missing` unless every one of the participants has agreed to be recorded. */
  protected requireRecordingConsent(participants: Iterable<string>): void {
    this.consents.requireAll(participants, 'recording')
  }
}
