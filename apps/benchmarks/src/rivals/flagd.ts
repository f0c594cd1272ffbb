import { FlagdCore } from '@openfeature/flagd-core'

import { expectTenPercent } from '../harness/expectTenPercent.ts'
import { FLAG_KEY } from './flagKey.ts'
import type { Rival } from './Rival.ts'

/** flagd's evaluation in process, with its targeting rule compiled (its faster mode). */
export function createFlagd(keys: readonly string[]): Rival {
  const core = new FlagdCore()
  core.setConfigurations(JSON.stringify({ flags: { [FLAG_KEY]: flag } }))
  const contexts = keys.map((targetingKey) => ({ targetingKey }))
  const run = (index: number) => core.resolveBooleanEvaluation(FLAG_KEY, false, contexts[index]).value
  const verify = () => expectTenPercent(contexts.filter((_context, index) => run(index)).length, contexts.length)
  return { cases: [{ name: 'flagd-core fractional', kind: 'sync', run, verify }], stop: () => {} }
}

const flag = {
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'off',
  targeting: {
    fractional: [
      ['on', 1_000],
      ['off', 9_000],
    ],
  },
}
