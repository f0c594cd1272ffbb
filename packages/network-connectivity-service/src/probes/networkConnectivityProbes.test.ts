import { setTimeout as delay } from 'node:timers/promises'

import type { ServiceProbe } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { afterEach, describe, expect, it } from 'vitest'

import { createMigratedNetworkConnectivityService } from '../migrated/index.ts'
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

const hangs = () => new Promise<never>(() => {})

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
