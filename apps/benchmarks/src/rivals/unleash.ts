import { InMemStorageProvider, Unleash } from 'unleash-client'

import { expectTenPercent } from '../harness/expectTenPercent.ts'
import { FLAG_KEY } from './flagKey.ts'
import type { Rival } from './Rival.ts'

/** A gradual rollout by user id from bootstrap data. A refresh interval of 0 is Unleash's own way to stay offline. */
export async function createUnleash(keys: readonly string[]): Promise<Rival> {
  const client = new Unleash({
    appName: 'benchmarks',
    url: 'http://unleash.invalid/',
    refreshInterval: 0,
    disableMetrics: true,
    storageProvider: new InMemStorageProvider(),
    skipInstanceCountWarning: true,
    bootstrap: { data: [feature] },
  })
  const ready = Promise.withResolvers<void>()
  client.once('ready', ready.resolve)
  client.once('error', ready.reject)
  await ready.promise
  const contexts = keys.map((userId) => ({ userId }))
  const run = (index: number) => client.isEnabled(FLAG_KEY, contexts[index])
  const verify = () => expectTenPercent(contexts.filter((_context, index) => run(index)).length, contexts.length)
  return { cases: [{ name: 'unleash-client isEnabled', kind: 'sync', run, verify }], stop: () => client.destroy() }
}

const feature = {
  name: FLAG_KEY,
  enabled: true,
  strategies: [
    {
      name: 'flexibleRollout',
      parameters: { rollout: '10', stickiness: 'userId', groupId: FLAG_KEY },
      constraints: [],
    },
  ],
}
