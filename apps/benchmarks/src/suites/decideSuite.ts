import { decide } from '@gradvis/feature-flags'
import type { SnapshotProvider } from '@gradvis/service-container'

import { aim } from '../harness/aim.ts'
import type { Case } from '../harness/Case.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { expectTenPercent } from '../harness/expectTenPercent.ts'
import { generateKeys } from '../harness/generateKeys.ts'
import { measure } from '../harness/measure.ts'
import { NetworkWatch } from '../harness/NetworkWatch.ts'
import { paceOf } from '../harness/paceOf.ts'
import { createProvider } from '../ours/createProvider.ts'
import { createFlagd } from '../rivals/flagd.ts'
import { createGrowthBook } from '../rivals/growthbook.ts'
import { createLaunchDarklyVariation } from '../rivals/launchDarklyVariation.ts'
import { createUnleash } from '../rivals/unleash.ts'
import type { Suite } from '../Suite.ts'

const KEY_COUNT = 20_000
const SERVICE = 'BackupService'
const DECIDE = 'ours: decide()'
const CURRENT_AND_DECIDE = 'ours: snapshot.current + decide()'

/** One decision of a 10 % rollout, offline, on the same keys everywhere. */
export const decideSuite: Suite = async (options) => {
  const keys = generateKeys(KEY_COUNT)
  using network = new NetworkWatch()
  const provider = createProvider()
  const rivals = [
    await createUnleash(keys),
    createGrowthBook(keys),
    createFlagd(keys),
    await createLaunchDarklyVariation(keys),
  ] as const
  const cases = [...ourCases(provider, keys), ...rivals.flatMap((rival) => rival.cases), ...baselines()]
  const measured = await measure(cases, { ...paceOf(options), inputCount: KEY_COUNT })
  for (const rival of rivals) await rival.stop()
  provider.stop()
  network.expectNone()

  const [first, ...others] = rivals.map((rival) => rival.cases[0].name)
  const names: [string, ...string[]] = [first as string, ...others]
  const fastest = measured.fastest(names)
  return {
    suite: 'decide',
    aims: [aim('decide_vs_fastest_rival', measured.ratio(fastest, CURRENT_AND_DECIDE), '>=', 10)],
    detail: {
      measurements: measured.rows(),
      ratios: [...measured.ratios(names, CURRENT_AND_DECIDE), ...measured.ratios(names, DECIDE)],
      notes: [
        `The aim compares the fastest rival (${fastest}) with "${CURRENT_AND_DECIDE}": what the container runs per call. decide() alone is reported too.`,
        `All decide on the same ${KEY_COUNT} keys of 36 characters; contexts and subjects are built beforehand. Each share of true was verified to lie in 9–11 %.`,
        'LaunchDarkly has no synchronous decision: its promise is awaited, and "await alone" shows what an await costs by itself.',
        'Rivals run on bootstrap data without metrics or events, which is their fastest setting. No loop cost is subtracted from anybody.',
      ],
      fastestRival: fastest,
      quick: options.quick,
      machine: describeMachine(),
    },
  }
}

function ourCases(provider: SnapshotProvider, keys: readonly string[]): Case[] {
  const snapshot = provider.current
  const subjects = keys.map((targetingKey) => ({ targetingKey }))
  const decideOnly = (index: number) => decide(snapshot, SERVICE, subjects[index]).implementation === 'migrated'
  const currentAndDecide = (index: number) =>
    decide(provider.current, SERVICE, subjects[index]).implementation === 'migrated'
  const verify = (run: (index: number) => boolean) => () =>
    expectTenPercent(subjects.filter((_subject, index) => run(index)).length, subjects.length)
  return [
    { name: DECIDE, kind: 'sync', run: decideOnly, verify: verify(decideOnly) },
    { name: CURRENT_AND_DECIDE, kind: 'sync', run: currentAndDecide, verify: verify(currentAndDecide) },
  ]
}

/** What the loops themselves cost, for whoever wants to subtract it. */
function baselines(): Case[] {
  const yes = async () => true
  return [
    { name: 'loop alone', kind: 'sync', run: (index) => index, verify: () => {} },
    { name: 'await alone', kind: 'async', run: yes, verify: () => {} },
  ]
}
