import { defineErrors } from '@gradvis/kernel'

/** Failures of every sort, for tests. */
export const failures = defineErrors('probe', {
  flaky: { fault: 'service', retryable: true, sv: 'Tillfälligt fel. Försök igen.', en: 'Passing fault. Try again.' },
  broken: { fault: 'service', retryable: false, sv: 'Trasigt. Anmäl felet.', en: 'Broken. Report it.' },
  missing: { fault: 'caller', retryable: false, sv: 'Finns inte. Sök igen.', en: 'Not there. Search again.' },
  busy: { fault: 'caller', retryable: true, sv: 'Upptaget. Vänta.', en: 'Busy. Wait.' },
})
