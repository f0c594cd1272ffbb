import { type FlagTable, parsePlan, type Plan } from '@gradvis/feature-flags'

export const FLAGS = {
  GreetingService: {
    flagKey: 'greeting-service-migration',
    environmentVariable: 'USE_MIGRATED_GREETING_SERVICE',
    owner: 'tests',
    purpose: 'Greets.',
    removeBy: '2099-01-01',
  },
} as const satisfies FlagTable

/** A plan that stands at this percentage for ever. */
export function planOf(percentage: number): Plan {
  return parsePlan(
    {
      hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
      services: {
        GreetingService: {
          phases: [{ name: 'only', start: '2025-01-01T00:00:00Z', percentage, days: 2, gate: [] }],
        },
      },
    },
    FLAGS,
  )
}
