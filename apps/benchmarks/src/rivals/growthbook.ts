import { GrowthBookClient } from '@growthbook/growthbook'

import { expectTenPercent } from '../harness/expectTenPercent.ts'
import { FLAG_KEY } from './flagKey.ts'
import type { Rival } from './Rival.ts'

/** The client for servers, whose caller gives the user's attributes with each call. The payload is given, not fetched. */
export function createGrowthBook(keys: readonly string[]): Rival {
  const features = {
    [FLAG_KEY]: { defaultValue: false, rules: [{ force: true, coverage: 0.1, hashAttribute: 'id', hashVersion: 2 }] },
  }
  const client = new GrowthBookClient().initSync({ payload: { features } })
  const contexts = keys.map((id) => ({ attributes: { id } }))
  const run = (index: number) => client.isOn(FLAG_KEY, contexts[index] ?? {})
  const verify = () => expectTenPercent(contexts.filter((_context, index) => run(index)).length, contexts.length)
  return { cases: [{ name: 'growthbook isOn', kind: 'sync', run, verify }], stop: () => client.destroy() }
}
