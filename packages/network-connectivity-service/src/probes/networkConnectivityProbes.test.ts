import { setTimeout as delay } from 'node:timers/promises'

import type { ServiceProbe } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { afterEach, describe, expect, it } from 'vitest'

import type { Diagnosis } from '../Diagnosis.ts'
import { createMigratedNetworkConnectivityService } from '../migrated/index.ts'
import type { NetworkListener } from '../NetworkChange.ts'
import { networkConnectivityProbes } from './index.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

const ids = ['network-diagnostics', 'swedish-messages', 'network-monitoring', 'diagnostic-reports'] as const
type Id = (typeof ids)[number]

function probeOf(id: Id, create?: ServiceFactory): ServiceProbe {
  return networkConnectivityProbes(createTestContext(), create).find((probe) => probe.id === id)!
}

type Service = ReturnType<ServiceFactory>

/** The migrated implementation with a defect. */
function broken(defect: (sound: Service) => Partial<Service>): ServiceFactory {
  return (context, options) => {
    const service = createMigratedNetworkConnectivityService(context, options)
    return Object.assign(service, defect({ ...service, stop: () => service.stop() }))
  }
}

const reporting = (change: (report: Diagnosis) => object) =>
  broken(({ diagnose }) => ({
    diagnose: async (input, options) => {
      const report = await diagnose(input, options)
      return { ...report, ...change(report) }
    },
  }))

const hearing = (change: (listener: NetworkListener) => NetworkListener) =>
  broken(({ subscribe }) => ({
    subscribe: ({ listener }, options) => subscribe({ listener: change(listener) }, options),
  }))

const hangs = () => new Promise<never>(() => {})
const refuses = () => Promise.reject(new Error('account 4711'))

function skippingOne(listener: NetworkListener): NetworkListener {
  let count = 0
  return (change) => {
    count += 1
    if (count !== 3) listener(change)
  }
}

const english = { sv: 'Try again later.', en: 'Try again later.' }

const defects: readonly (readonly [Id, string, ServiceFactory])[] = [
  [
    'network-diagnostics',
    'finds nothing wrong',
    reporting(() => ({ verdict: 'ok', firstFailingLayer: null, code: null })),
  ],
  ['network-diagnostics', 'finds another layer', reporting(() => ({ firstFailingLayer: 'tls' }))],
  ['network-diagnostics', 'finds another cause', reporting(() => ({ code: 'no_route' }))],
  ['network-diagnostics', 'fails', broken(() => ({ diagnose: refuses }))],
  ['network-diagnostics', 'does not start', broken(() => ({ start: refuses }))],
  ['swedish-messages', 'gives its advice in English only', reporting(() => ({ recommendation: english }))],
  ['swedish-messages', 'throws errors of its own', broken(() => ({ getStatus: refuses }))],
  ['swedish-messages', 'takes whatever it is given', broken(() => ({ subscribe: () => refuses() }))],
  [
    'swedish-messages',
    'accepts settings that are none',
    (context) => createMigratedNetworkConnectivityService(context, {}),
  ],
  ['network-monitoring', 'never tells', hearing(() => () => {})],
  ['network-monitoring', 'tells twice', hearing((listener) => (change) => [listener(change), listener(change)])],
  ['network-monitoring', 'misses a change', hearing(skippingOne)],
  ['network-monitoring', 'does not stop', broken(() => ({ stopMonitoring: async () => ({ monitoring: false }) }))],
  ['diagnostic-reports', 'leaves out a layer', reporting(({ layers }) => ({ layers: layers.slice(1) }))],
  ['diagnostic-reports', 'disorders the layers', reporting(({ layers }) => ({ layers: layers.toReversed() }))],
  ['diagnostic-reports', 'breaks the contract', reporting(() => ({ verdict: 'perhaps' }))],
  ['diagnostic-reports', 'takes too long', reporting(() => ({ durationMs: 99_999 }))],
  ['diagnostic-reports', 'starts in another year', reporting(() => ({ startedAt: '2001-01-01T00:00:00.000Z' }))],
  ['diagnostic-reports', 'forgets its endpoints', reporting(() => ({ endpoints: [] }))],
  ['diagnostic-reports', 'advises in English only', reporting(() => ({ recommendation: english }))],
  [
    'diagnostic-reports',
    'says something else each time',
    reporting(({ layers }) => ({ layers: layers.map((one) => ({ ...one, evidence: [`${Math.random()}`] })) })),
  ],
]

/** Sockets are gone a turn of the event loop after they were closed; the poll itself holds a timer or two. */
async function expectNothingLeft(): Promise<void> {
  const held = (pattern: RegExp) => process.getActiveResourcesInfo().filter((kind) => pattern.test(kind))
  await expect.poll(() => held(/UDP|TCP|GetAddrInfo|Query/)).toEqual([])
  await expect.poll(() => held(/Timeout/).length).toBeLessThanOrEqual(2)
}

afterEach(expectNothingLeft)

describe('the probes of NetworkConnectivityService', () => {
  it('have the ids of the criteria that ask for them', () => {
    expect(networkConnectivityProbes(createTestContext()).map(({ id }) => id)).toEqual(ids)
  })

  it.each(ids)('pass on the migrated implementation, well under ten seconds, with numbers: %s', async (id) => {
    const { passed, evidence } = await probeOf(id).run(new AbortController().signal)
    expect(evidence).not.toHaveProperty('failed')
    expect(passed).toBe(true)
    expect(evidence['passed']).toBe(evidence['cases'])
    expect(evidence['cases']).toBeGreaterThan(5)
    expect(evidence['durationMs']).toBeLessThan(5_000)
  })

  it('are repeatable, also several at the same time', async () => {
    const runs = [...ids, ...ids].map((id) => probeOf(id).run(new AbortController().signal))
    expect(await Promise.all(runs)).toEqual(runs.map(() => expect.objectContaining({ passed: true })))
  })

  it('are neither observed nor logged as the service in production', async () => {
    const context = createTestContext()
    for (const probe of networkConnectivityProbes(context)) await probe.run(new AbortController().signal)
    expect([context.observations, context.logger.lines]).toEqual([[], []])
  })
})

describe('an implementation that', () => {
  it.each(defects)('%s: %s, does not pass', async (id, _defect, create) => {
    const { passed, evidence } = await probeOf(id, create).run(new AbortController().signal)
    expect(passed).toBe(false)
    expect(evidence['failed']).toBeTypeOf('string')
    expect(JSON.stringify(evidence)).not.toContain('4711')
  })
})

describe('a probe that is aborted', () => {
  const moments = ids.flatMap((id) => [0, 5, 30, 120].map((afterMs) => [id, afterMs] as const))

  it.each(moments)('ends at once and leaves nothing behind: %s after %d ms', async (id, afterMs) => {
    const aborter = new AbortController()
    const run = probeOf(id).run(aborter.signal)
    run.catch(() => {})
    await delay(afterMs)
    const abortedMs = performance.now()
    aborter.abort(new Error('not now'))
    await expect(run).rejects.toThrow('not now')
    expect(performance.now() - abortedMs).toBeLessThan(500)
  })

  it('ends at once when the implementation hangs', async () => {
    const aborter = new AbortController()
    const called = Promise.withResolvers<void>()
    const stuck = broken(() => ({
      diagnose: () => {
        called.resolve()
        return hangs()
      },
    }))
    const run = probeOf('diagnostic-reports', stuck).run(aborter.signal)
    await called.promise
    aborter.abort(new Error('not now'))
    await expect(run).rejects.toThrow('not now')
  })
})
