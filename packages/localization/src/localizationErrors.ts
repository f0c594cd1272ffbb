import { defineErrors } from '@gradvis/kernel'

/** `unknown_failure` is never thrown: it is what `describeError` says of a failure that has no text of its own. */
export const localizationErrors = defineErrors('localization', {
  duplicate_key: {
    fault: 'service',
    retryable: false,
    sv: 'Texten {{key}} finns i två kataloger. Byt namn på den ena, så att varje text har en enda källa.',
    en: 'The text {{key}} is in two catalogs. Rename one of them, so that every text has a single source.',
  },
  unknown_failure: {
    fault: 'service',
    retryable: false,
    sv: 'Något gick fel. Försök igen om en stund och anmäl felet om det kvarstår.',
    en: 'Something went wrong. Try again in a while, and report it if it goes on.',
  },
})
