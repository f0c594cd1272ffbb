import { defineErrors } from '@gradvis/kernel'

/** What any service may answer, whatever it does. */
export const serviceErrors = defineErrors('service', {
  invalid_input: {
    fault: 'caller',
    retryable: false,
    sv: 'Ogiltiga uppgifter till {{service}}.{{operation}}: {{details}}. Rätta uppgifterna och försök igen.',
    en: 'Invalid input to {{service}}.{{operation}}: {{details}}. Correct the input and try again.',
  },
  invalid_output: {
    fault: 'service',
    retryable: false,
    sv: 'Svaret från {{service}}.{{operation}} följer inte kontraktet: {{details}}. Inget svar lämnades ut; anmäl felet.',
    en: 'The answer of {{service}}.{{operation}} breaks its contract: {{details}}. It was withheld; report the fault.',
  },
  cancelled: {
    fault: 'caller',
    retryable: true,
    sv: 'Anropet {{service}}.{{operation}} avbröts. Gör om anropet om det fortfarande behövs.',
    en: 'The call {{service}}.{{operation}} was cancelled. Make it again if it is still needed.',
  },
  timed_out: {
    fault: 'service',
    retryable: true,
    sv: '{{service}}.{{operation}} blev inte klar inom {{timeoutMs, duration}}. Försök igen om en stund.',
    en: '{{service}}.{{operation}} did not finish within {{timeoutMs, duration}}. Try again in a while.',
  },
  unavailable: {
    fault: 'service',
    retryable: true,
    sv: '{{service}}.{{operation}} är spärrad efter upprepade fel och öppnas igen av sig själv. Försök igen om en stund.',
    en: '{{service}}.{{operation}} is held back after repeated failures and opens again by itself. Try again in a while.',
  },
  overloaded: {
    fault: 'service',
    retryable: true,
    sv: '{{service}}.{{operation}} har redan så många anrop som den klarar och tog inte emot ett till. Försök igen om en stund.',
    en: '{{service}}.{{operation}} already has as many calls as it can handle and took no more. Try again in a while.',
  },
  not_running: {
    fault: 'service',
    retryable: true,
    sv: '{{service}} är inte igång (läge: {{state}}). Starta tjänsten eller försök igen om en stund.',
    en: '{{service}} is not running (state: {{state}}). Start the service or try again in a while.',
  },
  unexpected: {
    fault: 'service',
    retryable: false,
    sv: 'Ett oväntat fel uppstod i {{service}}.{{operation}}. Inget mer är känt; se loggen och anmäl felet.',
    en: 'An unexpected failure happened in {{service}}.{{operation}}. Nothing more is known; see the log and report it.',
  },
})
