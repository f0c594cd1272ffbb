import { FLAGS, productionFeatureFlags } from '@gradvis/feature-flags'
import { errorCatalogs } from '@gradvis/service-layer'

import { cliPage } from './cliPage.ts'
import { errorsPage } from './errorsPage.ts'
import { flagsPage } from './flagsPage.ts'
import { schedulePage } from './schedulePage.ts'

/** Every generated page of `docs/`, as it should be now. */
export function pages(): readonly Readonly<{ path: string; text: string }>[] {
  return [
    { path: 'docs/cli.md', text: cliPage() },
    { path: 'docs/errors.md', text: errorsPage(errorCatalogs) },
    { path: 'docs/GradualRolloutSchedule.md', text: schedulePage(FLAGS, productionFeatureFlags) },
    { path: 'docs/flags.md', text: flagsPage(FLAGS) },
  ]
}
