import { aim } from '../harness/aim.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { generateKeys } from '../harness/generateKeys.ts'
import { measure } from '../harness/measure.ts'
import { NetworkWatch } from '../harness/NetworkWatch.ts'
import { paceOf } from '../harness/paceOf.ts'
import { createRoutedCases, FOR_SUBJECT, FRESH_SCOPE, ONE_SCOPE, SCOPE_ONLY } from '../ours/createRoutedCases.ts'
import { Echo, echoCase } from '../ours/echo.ts'
import { createAwilixCase } from '../rivals/awilix.ts'
import { createInversifyCase } from '../rivals/inversify.ts'
import { createLaunchDarklyMigration } from '../rivals/launchDarklyMigration.ts'
import type { Suite } from '../Suite.ts'

const KEY_COUNT = 20_000
const DIRECT = 'direct call'
const OURS = [FRESH_SCOPE, ONE_SCOPE, FOR_SUBJECT] as const

/** One awaited call of the same trivial asynchronous method, reached in different ways. */
export const resolveSuite: Suite = async (options) => {
  const keys = generateKeys(KEY_COUNT)
  using network = new NetworkWatch()
  const target = new Echo()
  const routed = createRoutedCases(target, keys)
  const migration = await createLaunchDarklyMigration(target, keys)
  const containers = [createInversifyCase(target), createAwilixCase(target)]
  const direct = echoCase(DIRECT, (index) => target.echo(index))
  const measured = await measure([direct, ...routed.cases, ...containers, ...migration.cases], {
    ...paceOf(options),
    inputCount: KEY_COUNT,
  })
  await migration.stop()
  await routed.stop()
  network.expectNone()

  const [off, live] = migration.cases.map(({ name }) => name) as [string, string]
  const fastest = measured.fastest([off, live])
  const rivals = [...containers, ...migration.cases].map(({ name }) => name)
  return {
    suite: 'resolve',
    aims: [
      aim('routed_call_vs_launchdarkly_migration_read', measured.ratio(fastest, FRESH_SCOPE), '>=', 20),
      aim('routed_call_overhead_ns', measured.differenceNs(ONE_SCOPE, DIRECT), '<=', 300),
      aim('first_routed_call_of_a_scope_overhead_ns', measured.differenceNs(FRESH_SCOPE, SCOPE_ONLY), '<=', 300),
    ],
    detail: {
      measurements: measured.rows(),
      ratios: [...measured.ratios(rivals, FRESH_SCOPE), ...measured.ratios(OURS, DIRECT)],
      notes: [
        `The ratio uses "${FRESH_SCOPE}", the dearest form: it enters a new scope, reads the subject from AsyncLocalStorage, decides (nothing is pinned yet), calls, and records an observation.`,
        `The ratio's rival is the faster of LaunchDarkly's two stages (${fastest}). "off" calls the old side only; "live" calls both at once.`,
        `routed_call_overhead_ns is the median of the differences, within each round, of "${ONE_SCOPE}" to "${DIRECT}": a call inside a request that has its decision already. The first call of a request takes the decision; its difference is to "${SCOPE_ONLY}", the same direct call in a scope of its own, since entering is paid once for a request by whoever keeps a subject in AsyncLocalStorage. overheadNs gives all differences to the bare direct call, scopeNs what entering costs. LaunchDarkly gets its context handed in, without a scope.`,
        'LaunchDarkly tracks latency and errors as it does by default, and sends no events. Its interface makes each side wrap the answer in LDMigrationSuccess.',
        `inversify and awilix decide nothing and record nothing: they show what fetching a singleton costs. All cycle through the same ${KEY_COUNT} subjects.`,
      ],
      overheadNs: Object.fromEntries(OURS.map((name) => [name, measured.differenceNs(name, DIRECT)])),
      scopeNs: measured.differenceNs(SCOPE_ONLY, DIRECT),
      quick: options.quick,
      machine: describeMachine(),
    },
  }
}
