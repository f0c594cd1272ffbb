import { defineErrors } from '@gradvis/kernel'

export const __camel__Errors = defineErrors('__snake__', {
  entry_not_found: {
    fault: 'caller',
    retryable: false,
    sv: 'Ingen post med det namnet finns. Kontrollera namnet och försök igen.',
    en: 'There is no entry of that name. Check the name and try again.',
  },
})
