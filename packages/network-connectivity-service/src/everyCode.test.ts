import { serviceErrors } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { messageProblems } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { createLegacyNetworkConnectivityService } from './legacy/index.ts'
import { createMigratedNetworkConnectivityService } from './migrated/index.ts'
import { networkConnectivityErrors } from './networkConnectivityErrors.ts'
import type { NetworkConnectivityOptions } from './NetworkConnectivityOptions.ts'
import type { NetworkConnectivityService } from './networkConnectivityContract.ts'
import type { CreateNetworkConnectivity } from './testing/index.ts'

type Case = (create: CreateNetworkConnectivity) => unknown

const endpoint = { name: 'api', url: 'http://backend.test/' }

async function running(create: CreateNetworkConnectivity, work: (service: NetworkConnectivityService) => unknown) {
  const service = create({ endpoints: [] })
  await service.start()
  try {
    return await work(service)
  } finally {
    await service.stop()
  }
}

const CASES: Readonly<Record<string, Case>> = {
  'network.invalid_endpoint': (create) => create({ endpoints: [{ ...endpoint, url: 'ftp://backend.test/' }] }),
  'network.invalid_settings': (create) => create({ intervalMs: -1 }),
  'service.invalid_input': (create) =>
    running(create, (service) => service.subscribe({ listener: 7 as never, other: 1 } as never)),
  'service.cancelled': (create) =>
    running(create, (service) => service.checkBackend(undefined, { signal: AbortSignal.abort() })),
  'service.not_running': (create) => create({}).getStatus(),
}

const CATALOG = { ...networkConnectivityErrors.catalog, ...serviceErrors.catalog }
const CODES = new Set([...Object.keys(networkConnectivityErrors.catalog), ...Object.keys(CASES)])
const SIDES: readonly (readonly [string, CreateNetworkConnectivity])[] = [
  [
    'legacy',
    (options) => createLegacyNetworkConnectivityService(createTestContext({ implementation: 'legacy' }), options),
  ],
  ['migrated', (options) => createMigratedNetworkConnectivityService(createTestContext(), options)],
]

describe.each(SIDES)('%s: every code, provoked', (_side, create) => {
  it.each([...CODES])('%s is told well in both languages', async (code) => {
    const provoke = CASES[code]
    expect(await messageProblems(code, provoke && (() => provoke(create)), CATALOG)).toEqual([])
  })

  it.each<[string, NetworkConnectivityOptions]>([
    ['an endpoint without a name', { endpoints: [{ ...endpoint, name: '' }] }],
    ['a role that there is not', { endpoints: [{ ...endpoint, role: 'router' as never }] }],
    ['an endpoint that is no object', { endpoints: ['http://a.test/'] as never }],
    ['a fraction of a millisecond', { probeTimeoutMs: 0.5 }],
    ['a text for a number', { maxBackoffMs: '60' as never }],
    ['a name server that is no address', { dnsServers: ['dns.test'] }],
    ['no name server', { dnsServers: [] }],
    ['a setting that there is not', { intervalSeconds: 30 } as NetworkConnectivityOptions],
  ])('%s is told well in both languages', async (_what, options) => {
    expect(await messageProblems('network.invalid_settings', () => create(options), CATALOG)).toEqual([])
  })
})
