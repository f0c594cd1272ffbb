import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { basicLogger, init, type LDClient } from '@launchdarkly/node-server-sdk'
import { FileDataSourceFactory } from '@launchdarkly/node-server-sdk/integrations'

type Offline = Readonly<{ client: LDClient; stop: () => Promise<void> }>

/**
 * A LaunchDarkly client on flags from a file: its own offline mode that still evaluates (`offline: true` would only
 * give the defaults, and its test data knows no percentages). No events are sent.
 */
export async function startLaunchDarkly(flags: Readonly<Record<string, object>>): Promise<Offline> {
  const folder = await mkdtemp(join(tmpdir(), 'benchmarks-'))
  const path = join(folder, 'flags.json')
  await writeFile(path, JSON.stringify({ flags }))
  const client = init('sdk-offline', {
    updateProcessor: new FileDataSourceFactory({ paths: [path] }).getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: basicLogger({ level: 'error' }),
  })
  await client.waitForInitialization({ timeout: 10 })
  await rm(folder, { recursive: true })
  return {
    client,
    stop: async () => client.close(),
  }
}

/** A flag that is on and gives one variation to everybody. */
export function fixedFlag(key: string, variations: readonly unknown[], variation: number): object {
  return { ...base(key, variations), fallthrough: { variation } }
}

/** A flag that gives the first variation to 10 % of the users and the second to the others. */
export function tenPercentFlag(key: string, variations: readonly [unknown, unknown]): object {
  const rollout = {
    contextKind: 'user',
    variations: [
      { variation: 0, weight: 10_000 },
      { variation: 1, weight: 90_000 },
    ],
  }
  return { ...base(key, variations), fallthrough: { rollout } }
}

function base(key: string, variations: readonly unknown[]): object {
  return {
    key,
    version: 1,
    on: true,
    salt: key,
    variations,
    offVariation: variations.length - 1,
    targets: [],
    rules: [],
  }
}
