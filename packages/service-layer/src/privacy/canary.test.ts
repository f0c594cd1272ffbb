import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'

import type { Observation } from '@gradvis/base-service'
import { IMPLEMENTATIONS, type Implementation } from '@gradvis/kernel'
import { seededRandom } from '@gradvis/rollout'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createPinoLogger } from '../createPinoLogger.ts'
import { type Canary, createCanary } from '../testing/canary/Canary.ts'
import { FAILING, useEveryOperation } from '../testing/canary/useEveryOperation.ts'
import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'
import { registerOpenTelemetry } from '../testing/openTelemetry.ts'

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64url')}`
const SIDE = {
  legacy: { FORCE_LEGACY_SERVICES: 'true' },
  migrated: { NODE_ENV: 'development' },
} satisfies Record<Implementation, object>

/** Everything that left a service while every operation was called, on one side. */
async function emissions(side: Implementation, canary: Canary) {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-canary-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const files = join(folder, 'files')
  await mkdir(files)
  const refusing = await startRefusingBackend()
  const telemetry = registerOpenTelemetry()
  onTestFinished(() => telemetry.stop())
  const [lines, observations]: [string[], Observation[]] = [[], []]
  const layer = await createTestServiceLayer({
    env: { ...SIDE[side], GRADVIS_PSEUDONYM_KEYS: KEYS },
    logger: createPinoLogger({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } }),
    observer: { record: (observation) => void observations.push(observation) },
    rollout: { store: join(folder, 'rollout.db'), tickMs: 100 },
    network: { endpoints: [{ name: 'backend', url: `${refusing}/${encodeURIComponent(canary.email)}` }] },
    backup: {
      storeFolder: join(folder, 'store'),
      sourceRoots: [files],
      restoreRoots: [files],
      source: sourceOf(canary),
    },
  })
  await layer.start()
  const called = await useEveryOperation(layer, canary, files)
  const metrics = await telemetry.collect()
  const { leaks } = layer
  await layer.stop()
  const errors = called.flatMap(({ error }) => (error === undefined ? [] : [shown(error)]))
  const stores = (await readdir(folder)).filter((name) => name.startsWith('rollout.db'))
  const spans = telemetry
    .spans()
    .map(({ name, attributes, events, status }) => inspect({ name, attributes, events, status }))
  const everything = {
    logs: lines,
    errors,
    observations: observations.map((observation) => JSON.stringify(observation)),
    metrics: Object.entries(metrics).map(([name, value]) => inspect({ name, value }, { depth: 9 })),
    spans,
    store: await Promise.all(stores.map((name) => readFile(join(folder, name), 'latin1'))),
  }
  return { called, leaks, observations, everything }
}

/** All that a program could print of an error, causes and stack included. */
function shown(error: unknown): string {
  return [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error)].join('\n')
}

function sourceOf(canary: Canary) {
  return {
    recordTypes: ['meeting'],
    async *records(subject: string) {
      if (subject === FAILING) throw new Error(`no records of ${canary.personnummer} ${canary.email}, ${canary.token}`)
      yield { type: 'meeting', id: canary.personnummer, body: canary }
    },
  }
}

/** A backend that answers 500, so that there is something to be said about it. */
async function startRefusingBackend(): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(500).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

describe.each(IMPLEMENTATIONS)('personal data that goes through every operation of %s', (side) => {
  it('is found nowhere in what leaves it: logs, errors, observations, metrics, traces, audit trail', async () => {
    const seed = createHash('sha256').update(side).digest().readUInt32LE()
    const canary = createCanary(seededRandom(seed))
    const { called, leaks, observations, everything } = await emissions(side, canary)
    const answered = observations.filter(({ implementation }) => implementation === side)
    const outcomes = new Set(answered.map(({ outcome }) => outcome))
    expect(outcomes, 'calls must have gone well and badly').toEqual(new Set(['ok', 'refused', 'fault']))
    expect(called.length).toBeGreaterThan(50)
    for (const [channel, texts] of Object.entries(everything)) {
      expect(texts.length, `nothing was emitted to ${channel}`).toBeGreaterThan(0)
      const found = canary.traces.filter((trace) => texts.some((text) => text.includes(trace)))
      expect(found, `personal data in ${channel}`).toEqual([])
    }
    const own = leaks.filter(({ implementation }) => implementation === side)
    // What the application's own source threw is in the cause of the error: the guard took it out of there.
    expect(own.map(({ channel, path }) => `${channel} ${path}`)).toContain('error cause.message')
    expect(
      own.filter(({ path }) => !path.startsWith('cause.')),
      'the service itself leaked',
    ).toEqual([])
  }, 60_000)
})
