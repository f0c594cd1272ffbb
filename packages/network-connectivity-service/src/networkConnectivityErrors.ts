import { defineErrors } from '@gradvis/kernel'

/** Thrown when an implementation is made. Failed probes are answers, not errors. */
export const networkConnectivityErrors = defineErrors('network', {
  invalid_endpoint: {
    fault: 'caller',
    retryable: false,
    sv: 'Slutpunkten {{endpoint}} kan inte användas: namnet måste vara unikt och adressen http eller https, utan användarnamn och lösenord. Rätta inställningen och starta om.',
    en: 'The endpoint {{endpoint}} cannot be used: its name must be unique and its address http or https, without user name and password. Correct the setting and start again.',
  },
  invalid_settings: {
    fault: 'caller',
    retryable: false,
    sv: 'Nätverkskontrollens inställningar är ogiltiga: {{details}}. Rätta dem och starta om.',
    en: 'The settings of the network check are invalid: {{details}}. Correct them and start again.',
  },
})
