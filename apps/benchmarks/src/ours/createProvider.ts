import { parseEnvironment, parsePlan, productionFeatureFlags } from '@gradvis/feature-flags'
import { clockStartingAt, silentLogger } from '@gradvis/kernel'
import { SnapshotProvider } from '@gradvis/service-container'

/** BackupService is at 10 % then, by the production plan. */
const TEN_PERCENT_AT = Date.parse('2025-01-11T08:00:00Z')

/** Runs on from the day the suites need, so that durations are measured as in production. */
export const tenPercentClock = clockStartingAt(TEN_PERCENT_AT)

/** The snapshots of the production plan on that day. Stop it at the end. */
export function createProvider(): SnapshotProvider {
  const environment = parseEnvironment({ NODE_ENV: 'production' })
  return new SnapshotProvider({ plan: parsePlan(productionFeatureFlags), environment }, tenPercentClock, silentLogger)
}
