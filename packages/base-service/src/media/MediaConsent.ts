import type { LocalizedText, ServiceError } from '@gradvis/kernel'

import { mediaErrors } from './mediaErrors.ts'

export const MEDIA_PURPOSES = ['audio', 'video', 'recording'] as const
export type MediaPurpose = (typeof MEDIA_PURPOSES)[number]

/** What one participant has agreed to. Nothing is implied: recording is no part of audio. */
export type MediaConsent = Readonly<{ purposes: readonly MediaPurpose[]; version: string; givenAt: number }>

const PURPOSE_NAMES = {
  audio: { sv: 'ljud', en: 'audio' },
  video: { sv: 'video', en: 'video' },
  recording: { sv: 'inspelning', en: 'recording' },
} satisfies Record<MediaPurpose, LocalizedText>

/** The consents of the participants that a media service holds now. Keys are the service's own, opaque. */
export class ConsentRegister {
  readonly #consents = new Map<string, MediaConsent>()

  give(key: string, consent: MediaConsent): void {
    this.#consents.set(key, consent)
  }

  /** Idempotent. From the next check on, nothing is allowed. */
  withdraw(key: string): void {
    this.#consents.delete(key)
  }

  allows(key: string, purpose: MediaPurpose): boolean {
    return this.#consents.get(key)?.purposes.includes(purpose) ?? false
  }

  /** Throws `media.consent_missing`. */
  require(key: string, purpose: MediaPurpose): void {
    if (!this.allows(key, purpose)) throw consentMissing(purpose)
  }

  /** Throws `media.consent_missing` unless `allAllow`. */
  requireAll(keys: Iterable<string>, purpose: MediaPurpose): void {
    if (!this.allAllow(keys, purpose)) throw consentMissing(purpose)
  }

  /** True only when there is at least one participant and every one of them agrees. */
  allAllow(keys: Iterable<string>, purpose: MediaPurpose): boolean {
    const all = [...keys]
    return all.length > 0 && all.every((key) => this.allows(key, purpose))
  }

  clear(): void {
    this.#consents.clear()
  }

  get size(): number {
    return this.#consents.size
  }
}

function consentMissing(purpose: MediaPurpose): ServiceError {
  return mediaErrors.create('consent_missing', { purpose: PURPOSE_NAMES[purpose] })
}
