import type { LocalizedText } from '@gradvis/kernel'
import type { ConsentPurpose, ConsentRegister } from '@gradvis/privacy'

import { mediaErrors } from './mediaErrors.ts'

const PURPOSE_NAMES = {
  audio: { sv: 'ljud', en: 'audio' },
  video: { sv: 'video', en: 'video' },
  recording: { sv: 'inspelning', en: 'recording' },
} satisfies Record<ConsentPurpose, LocalizedText>

/** Throws `media.consent_missing`, which names nobody, unless there is somebody and everybody agrees. */
export function requireConsent(consents: ConsentRegister, keys: Iterable<string>, purpose: ConsentPurpose): void {
  if (!consents.allAllow(keys, purpose)) {
    throw mediaErrors.create('consent_missing', { purpose: PURPOSE_NAMES[purpose] })
  }
}
