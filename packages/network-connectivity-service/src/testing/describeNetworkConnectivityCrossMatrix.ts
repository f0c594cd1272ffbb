import type { Implementation } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { createMonitoringIntent } from '../MonitoringIntent.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import { brokenNetworks } from './brokenNetworks.ts'
import { noteBackend } from './conformance/subscriptionCases.ts'
import type { CreateNetworkConnectivity } from './CreateNetworkConnectivity.ts'
import { MonitoringRig } from './MonitoringRig.ts'
import { answering, startHttpServer } from './startHttpServer.ts'
import { type UsedService, useService } from './useService.ts'

/** Times are all that two honest reports of the same network may differ in. */
function withoutTimes(report: unknown): unknown {
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) =>
      ['durationMs', 'startedAt', 'checkedAt', 'since'].includes(key) ? typeof value : value,
    ),
  )
}

/** What one side opened or began, the other goes on with: a flip and a rollback lose nothing. */
export function describeNetworkConnectivityCrossMatrix(
  sides: Readonly<Record<Implementation, CreateNetworkConnectivity>>,
): void {
  describe('NetworkConnectivityService: legacy and migrated', () => {
    it.each(brokenNetworks)('find the same first failing layer: $name', async ({ start, code }) => {
      await using network = await start()
      const options = { diagnosisDeadlineMs: 300, ...network.options }
      await using legacy = await useService(sides.legacy(options))
      await using migrated = await useService(sides.migrated(options))
      const report = withoutTimes(await migrated.diagnose())
      expect(report).toMatchObject({ code })
      expect(withoutTimes(await legacy.diagnose())).toEqual(report)
    })

    it.each(['S', 'F', 'FF', 'FFS', 'SFS', 'SFFSFSS', 'FSFFSSFF'])(
      'judge the same history alike, in the same shape: %s',
      async (history) => {
        let isWell = true
        await using server = await startHttpServer((_request, response) => response.writeHead(isWell ? 200 : 503).end())
        const options = { endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }
        await using legacy = await useService(sides.legacy(options))
        await using migrated = await useService(sides.migrated(options))
        expect(withoutTimes(await legacy.getStatus())).toEqual(withoutTimes(await migrated.getStatus()))
        for (const result of history) {
          isWell = result === 'S'
          expect(withoutTimes(await legacy.checkBackend())).toEqual(withoutTimes(await migrated.checkBackend()))
          expect(withoutTimes(await legacy.getStatus())).toEqual(withoutTimes(await migrated.getStatus()))
          expect(await legacy.isOnline()).toBe(await migrated.isOnline())
        }
      },
    )
  })

  const directions = [
    ['legacy', 'migrated'],
    ['migrated', 'legacy'],
  ] as const
  describe.each(directions)('NetworkConnectivityService: from %s to %s', (from, to) => {
    handoverCases(sides[from], sides[to])
    monitoringHandoverCases(sides[from], sides[to])
  })
}

function handoverCases(createBefore: CreateNetworkConnectivity, createAfter: CreateNetworkConnectivity): void {
  const twice = async (service: UsedService) => {
    await service.checkBackend()
    await service.checkBackend()
  }

  it('a subscription that is opened there and closed here misses no change', async () => {
    let isWell = true
    await using server = await startHttpServer((_request, response) => response.writeHead(isWell ? 200 : 503).end())
    const options = { endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }
    await using before = await useService(createBefore(options))
    await using after = await useService(createAfter(options))
    const { heard, listener } = noteBackend()
    await before.checkBackend()
    const old = await before.subscribe({ listener })
    isWell = false
    await twice(before)
    const moved = await after.subscribe({ listener })
    await old.close()
    await twice(after)
    isWell = true
    await twice(before)
    await twice(after)
    expect(heard).toEqual(['(yes)', 'yes → no', '(no)', 'no → yes'])
    await moved.close()
  })

  it('a change between the closing here and the opening there is not missed', async () => {
    const server = await startHttpServer(answering(200))
    const options = { endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }
    await using before = await useService(createBefore(options))
    await using after = await useService(createAfter(options))
    const { heard, listener } = noteBackend()
    await before.checkBackend()
    await (await before.subscribe({ listener })).close()
    await server[Symbol.asyncDispose]()
    await after.subscribe({ listener })
    await twice(after)
    expect(heard).toEqual(['(yes)', '(no)'])
  })
}

function monitoringHandoverCases(
  createBefore: CreateNetworkConnectivity,
  createAfter: CreateNetworkConnectivity,
): void {
  it('monitoring that was started here goes on there, and keeps a moved subscription informed', async () => {
    const monitoring = createMonitoringIntent()
    const { heard, listener } = noteBackend()
    const before = await MonitoringRig.start(createBefore, { monitoring })
    await before.monitor()
    await using after = await MonitoringRig.start(createAfter, { monitoring })
    await after.service.subscribe({ listener })
    await before[Symbol.asyncDispose]()
    expect(monitoring.wanted).toBe(true)
    await expect.poll(() => heard).toEqual(['(yes)'])
    await after.settled()
    await after.round(false, 30_000)
    await after.round(false, 500)
    expect(heard).toEqual(['(yes)', 'yes → no'])
  })

  it('monitoring that was started here is stopped there', async () => {
    const monitoring = createMonitoringIntent()
    const options: NetworkConnectivityOptions = { monitoring }
    await using before = await useService(createBefore(options))
    await using after = await useService(createAfter(options))
    await before.startMonitoring()
    expect((await after.getStatus()).monitoring).toBe(true)
    await after.stopMonitoring()
    expect((await before.getStatus()).monitoring).toBe(false)
  })
}
