import { defineErrors } from '@gradvis/kernel'

/** What any media service may answer. */
export const mediaErrors = defineErrors('media', {
  consent_missing: {
    fault: 'caller',
    retryable: false,
    sv: 'Samtycke till {{purpose}} saknas. Be deltagaren om samtycke och försök igen.',
    en: 'Consent to {{purpose}} is missing. Ask the participant for consent and try again.',
  },
  video_not_requested: {
    fault: 'caller',
    retryable: false,
    sv: 'Video är avstängt för den här anslutningen. Anslut på nytt med video påslaget.',
    en: 'Video is off for this connection. Join again with video turned on.',
  },
  permission_denied: {
    fault: 'caller',
    retryable: false,
    sv: 'Åtkomst till mikrofon eller kamera nekades. Tillåt åtkomst i webbläsarens eller systemets inställningar.',
    en: 'Access to the microphone or camera was denied. Allow it in the settings of the browser or the system.',
  },
  device_not_found: {
    fault: 'caller',
    retryable: false,
    sv: 'Ingen mikrofon eller kamera hittades. Anslut en enhet och försök igen.',
    en: 'No microphone or camera was found. Connect a device and try again.',
  },
  device_busy: {
    fault: 'caller',
    retryable: true,
    sv: 'Mikrofonen eller kameran används av ett annat program. Stäng det och försök igen.',
    en: 'The microphone or camera is in use by another program. Close that and try again.',
  },
})
