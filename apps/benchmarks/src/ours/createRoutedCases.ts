import { silentLogger } from '@gradvis/kernel'
import { registerService, ServiceContainer } from '@gradvis/service-container'

import type { AsyncCase } from '../harness/Case.ts'
import { expectTenPercent } from '../harness/expectTenPercent.ts'
import { CountingObserver } from './CountingObserver.ts'
import { createProvider, tenPercentClock } from './createProvider.ts'
import { Echo, echoCase, EchoTarget } from './echo.ts'

export const FRESH_SCOPE = 'ours: routed call, a runAs scope per call'
export const ONE_SCOPE = 'ours: routed call, many in one runAs scope (pinned)'
/** What entering a scope costs by itself: Node's AsyncLocalStorage, mostly. Nothing is routed. */
export const SCOPE_ONLY = 'direct call in a runAs scope per call'
export const FOR_SUBJECT = 'ours: routed call, for(subject), decides per call'

export type RoutedCases = Readonly<{ cases: readonly AsyncCase[]; stop: () => Promise<void> }>

/** Our routed call in its three forms, each through a whole container with an observer that counts. */
export function createRoutedCases(target: EchoTarget, keys: readonly string[]): RoutedCases {
  const observer = new CountingObserver()
  const provider = createProvider()
  const container = new ServiceContainer({
    registrations: [
      registerService({
        token: EchoTarget,
        implementations: { legacy: async () => new Echo(), migrated: async () => new Echo() },
      }),
    ],
    provider,
    observer,
    clock: tenPercentClock,
    logger: silentLogger,
    random: () => 0.5,
  })
  const subjects = keys.map((targetingKey) => ({ targetingKey }))
  const facade = container.get(EchoTarget)
  const facades = subjects.map((subject) => container.for(subject).get(EchoTarget))
  const [firstSubject] = subjects

  const fresh = (index: number) => container.runAs(subjects[index] ?? '', () => facade.echo(index))
  const forSubject = (index: number) => (facades[index] as EchoTarget).echo(index)
  const pinned = (index: number) => facade.echo(index)
  const inOneScope = (sample: () => Promise<void>) => container.runAs(firstSubject ?? '', sample)
  const cases: AsyncCase[] = [
    echoCase(SCOPE_ONLY, (index) => container.runAs(subjects[index] ?? '', () => target.echo(index))),
    { name: FRESH_SCOPE, kind: 'async', run: fresh, verify: verifyShare(fresh, keys.length, observer) },
    {
      name: ONE_SCOPE,
      kind: 'async',
      run: pinned,
      around: inOneScope,
      verify: verifyPinned(pinned, inOneScope, observer),
    },
    { name: FOR_SUBJECT, kind: 'async', run: forSubject, verify: verifyShare(forSubject, keys.length, observer) },
  ]
  return {
    cases,
    stop: async () => {
      await container.stop()
      provider.stop()
    },
  }
}

/** Every call answered, every call observed once, none failed, 9–11 % of the subjects on the migrated side. */
function verifyShare(run: (index: number) => Promise<number>, count: number, observer: CountingObserver) {
  return async () => {
    const before = { ...observer.calls }
    for (let index = 0; index < count; index += 1) if ((await run(index)) !== index) throw new Error('wrong answer')
    const migrated = observer.calls.migrated - before.migrated
    const legacy = observer.calls.legacy - before.legacy
    if (migrated + legacy !== count) throw new Error(`${migrated + legacy} observations of ${count} calls`)
    if (observer.failures > 0) throw new Error(`${observer.failures} calls failed`)
    expectTenPercent(migrated, count)
  }
}

/** All calls of one scope are observed on one and the same side. */
function verifyPinned(
  run: (index: number) => Promise<number>,
  inOneScope: (work: () => Promise<void>) => Promise<void>,
  observer: CountingObserver,
) {
  return async () => {
    const before = { ...observer.calls }
    await inOneScope(async () => {
      for (let index = 0; index < 100; index += 1) await run(index)
    })
    const served = [observer.calls.migrated - before.migrated, observer.calls.legacy - before.legacy]
    if (!served.includes(100) || !served.includes(0))
      throw new Error(`one scope was served ${served.join(' and ')} times`)
  }
}
