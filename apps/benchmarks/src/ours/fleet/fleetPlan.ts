import type { PlanData } from '@gradvis/feature-flags'

export const SERVICE = 'BackupService'

/** Everybody: the measurement is about how fast a change arrives, not about who is drawn. */
export const SUBJECT = 'subject-1'

/** One endless phase for everybody, no cooldown, and otherwise the defaults. */
export const fleetPlan: PlanData = {
  hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
  cooldownMinutes: 0,
  services: {
    [SERVICE]: {
      phases: [
        {
          name: 'all',
          start: '2025-01-01T00:00:00Z',
          percentage: 100,
          end: '2999-01-01T00:00:00Z',
          errorRateThresholdPercent: 1,
          gate: [],
        },
      ],
    },
  },
}
