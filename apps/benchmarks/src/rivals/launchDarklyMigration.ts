import { createMigration, LDMigrationStage, LDMigrationSuccess } from '@launchdarkly/node-server-sdk'

import type { AsyncCase } from '../harness/Case.ts'
import type { EchoTarget } from '../ours/echo.ts'
import type { Rival } from './Rival.ts'
import { fixedFlag, startLaunchDarkly } from './startLaunchDarkly.ts'

const STAGES = ['off', 'live'] as const
type Stage = (typeof STAGES)[number]

/** A migration as it comes: latencies and errors tracked (as ours are observed), events not sent. */
export async function createLaunchDarklyMigration(target: EchoTarget, keys: readonly string[]): Promise<Rival> {
  const flags = Object.fromEntries(STAGES.map((stage, variation) => [stage, fixedFlag(stage, STAGES, variation)]))
  const { client, stop } = await startLaunchDarkly(flags)
  const call = async (input?: number) => LDMigrationSuccess(await target.echo(input ?? 0))
  const migration = createMigration<number, number, number, number>(client, {
    readOld: call,
    readNew: call,
    writeOld: call,
    writeNew: call,
  })
  const contexts = keys.map((key) => ({ kind: 'user', key }))
  const caseOf = (stage: Stage, origin: 'old' | 'new'): AsyncCase => {
    const run = (index: number) =>
      migration.read(stage, contexts[index] ?? { kind: 'user', key: '' }, LDMigrationStage.Shadow, index)
    const verify = async () => {
      const read = await run(7)
      if (!read.success || read.result !== 7 || read.origin !== origin) throw new Error(`read from ${read.origin}`)
    }
    return { name: `launchdarkly migration.read (${stage})`, kind: 'async', run, verify }
  }
  return { cases: [caseOf('off', 'old'), caseOf('live', 'new')], stop }
}
