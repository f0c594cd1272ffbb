import { createTestContext } from '@gradvis/base-service/testing'
import { describe, expect, it } from 'vitest'

import type { Diagnosis } from '../Diagnosis.ts'
import { createMigratedNetworkConnectivityService } from '../migrated/index.ts'
import type { NetworkListener } from '../NetworkChange.ts'
import { networkConnectivityProbes } from './index.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

type Id = 'network-diagnostics' | 'swedish-messages' | 'network-monitoring' | 'diagnostic-reports'

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

const refuses = () => Promise.reject(new Error('account 4711'))

function skippingOne(listener: NetworkListener): NetworkListener {
  let count = 0
  return (change) => {
    count += 1
    if (count !== 3) listener(change)
  }
}

const english = { sv: 'Try again later.', en: 'Try again later.' }

const defects: readonly (readonly [Id, defect: string, failed: string, ServiceFactory])[] = [
  [
    'network-diagnostics',
    'finds nothing wrong',
    'a closed port (another cause was found',
    reporting(() => ({ verdict: 'ok', firstFailingLayer: null, code: null })),
  ],
  [
    'network-diagnostics',
    'finds another layer',
    'a closed port (another layer was found)',
    reporting(() => ({ firstFailingLayer: 'tls' })),
  ],
  [
    'network-diagnostics',
    'finds another cause',
    'a closed port (another cause was found)',
    reporting(() => ({ code: 'no_route' })),
  ],
  ['network-diagnostics', 'fails', 'a closed port (Error)', broken(() => ({ diagnose: refuses }))],
  ['network-diagnostics', 'does not start', 'a closed port (Error)', broken(() => ({ start: refuses }))],
  [
    'swedish-messages',
    'gives its advice in English only',
    'the advice for a closed port (not the Swedish advice',
    reporting(() => ({ recommendation: english })),
  ],
  ['swedish-messages', 'throws errors of its own', 'service.not_running', broken(() => ({ getStatus: refuses }))],
  [
    'swedish-messages',
    'takes whatever it is given',
    'service.invalid_input',
    broken(() => ({ subscribe: () => refuses() })),
  ],
  [
    'swedish-messages',
    'accepts settings that are none',
    'network.invalid_settings',
    (context) => createMigratedNetworkConnectivityService(context, {}),
  ],
  ['network-monitoring', 'never tells', 'the first round', hearing(() => () => {})],
  [
    'network-monitoring',
    'tells twice',
    'the first round',
    hearing((listener) => (change) => [listener(change), listener(change)]),
  ],
  ['network-monitoring', 'misses a change', 'the backend comes back', hearing(skippingOne)],
  [
    'network-monitoring',
    'does not stop',
    'nothing is asked and nothing heard after the end',
    broken(() => ({ stopMonitoring: async () => ({ monitoring: false }) })),
  ],
  [
    'diagnostic-reports',
    'leaves out a layer',
    'layers out of order or missing',
    reporting(({ layers }) => ({ layers: layers.slice(1) })),
  ],
  [
    'diagnostic-reports',
    'disorders the layers',
    'layers out of order or missing',
    reporting(({ layers }) => ({ layers: layers.toReversed() })),
  ],
  ['diagnostic-reports', 'breaks the contract', 'not by the contract', reporting(() => ({ verdict: 'perhaps' }))],
  ['diagnostic-reports', 'takes too long', 'later than the deadline', reporting(() => ({ durationMs: 99_999 }))],
  [
    'diagnostic-reports',
    'starts in another year',
    'a wrong time of start',
    reporting(() => ({ startedAt: '2001-01-01T00:00:00.000Z' })),
  ],
  [
    'diagnostic-reports',
    'forgets its endpoints',
    'endpoints out of order or missing',
    reporting(() => ({ endpoints: [] })),
  ],
  [
    'diagnostic-reports',
    'advises in English only',
    'advice not in both languages',
    reporting(() => ({ recommendation: english })),
  ],
  [
    'diagnostic-reports',
    'says something else each time',
    'not the same each time',
    reporting(({ layers }) => ({ layers: layers.map((one) => ({ ...one, evidence: [`${Math.random()}`] })) })),
  ],
]

describe('an implementation that', () => {
  it.concurrent.each(defects)('%s: %s, fails the case about it', async (id, _defect, failed, create) => {
    const probe = networkConnectivityProbes(createTestContext(), create).find((one) => one.id === id)
    const result = await probe?.run(new AbortController().signal)
    expect(result).toMatchObject({ passed: false, evidence: { failed: expect.stringContaining(failed) } })
    expect(JSON.stringify(result)).not.toContain('4711')
  })
})

describe('what all of them leave behind', () => {
  it('is nothing', async () => {
    const held = (pattern: RegExp) => process.getActiveResourcesInfo().filter((kind) => pattern.test(kind))
    await expect.poll(() => held(/UDP|TCP|GetAddrInfo|Query/)).toEqual([])
    await expect.poll(() => held(/Timeout/).length).toBeLessThanOrEqual(2)
  })
})
