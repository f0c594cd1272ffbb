import { expectTenPercent } from '../harness/expectTenPercent.ts'
import { FLAG_KEY } from './flagKey.ts'
import type { Rival } from './Rival.ts'
import { startLaunchDarkly, tenPercentFlag } from './startLaunchDarkly.ts'

/** `boolVariation` has no synchronous form: it is awaited, as its callers must. */
export async function createLaunchDarklyVariation(keys: readonly string[]): Promise<Rival> {
  const { client, stop } = await startLaunchDarkly({ [FLAG_KEY]: tenPercentFlag(FLAG_KEY, [true, false]) })
  const contexts = keys.map((key) => ({ kind: 'user', key }))
  const run = (index: number) => client.boolVariation(FLAG_KEY, contexts[index] ?? { kind: 'user', key: '' }, false)
  const verify = async () => {
    const answers = await Promise.all(contexts.map((_context, index) => run(index)))
    expectTenPercent(answers.filter(Boolean).length, answers.length)
  }
  return { cases: [{ name: 'launchdarkly boolVariation (awaited)', kind: 'async', run, verify }], stop }
}
