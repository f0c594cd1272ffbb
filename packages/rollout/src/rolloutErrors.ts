import { defineErrors } from '@gradvis/kernel'

export const rolloutErrors = defineErrors('rollout', {
  sequence_conflict: {
    fault: 'caller',
    retryable: true,
    sv: 'Någon annan har ändrat utrullningen under tiden (händelse {{expected}} var redan skriven). Läs läget igen och försök på nytt.',
    en: 'Somebody else has changed the rollout in the meantime (event {{expected}} was already written). Read the status again and retry.',
  },
})
