import { describe, expect, it } from 'vitest'

import { createMonitoringIntent } from '../../MonitoringIntent.ts'
import type { NetworkInterfaces } from '../../NetworkConnectivityOptions.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { MonitoringRig } from '../MonitoringRig.ts'

export function monitoringCases(create: CreateNetworkConnectivity): void {
  describe('monitoring', () => {
    it('probes at once, and again after the interval while all is well', async () => {
      await using rig = await MonitoringRig.start(create)
      expect(await rig.monitor()).toMatchObject({ backend: { reachable: 'yes' }, monitoring: true })
      await rig.round(true, 30_000)
      await rig.round(true, 30_000)
      expect(rig.probes).toBe(3)
    })

    it('is down after two failures in a row and up after two successes, with the time of each', async () => {
      await using rig = await MonitoringRig.start(create)
      const up = await rig.monitor()
      expect((await rig.round(false, 30_000)).backend).toEqual(up.backend)
      const down = await rig.round(false, 500)
      const fellAt = new Date(rig.clock.now()).toISOString()
      expect(down.backend).toEqual({ reachable: 'no', since: fellAt, cause: 'backend_status' })
      expect((await rig.round(true, 1_000)).backend).toEqual({
        reachable: 'no',
        since: fellAt,
        cause: 'backend_status',
      })
      const again = await rig.round(true, 500)
      expect(again.backend).toEqual({ reachable: 'yes', since: new Date(rig.clock.now()).toISOString(), cause: null })
    })

    it('is not moved by single failures, nor by single successes', async () => {
      await using rig = await MonitoringRig.start(create)
      await rig.monitor()
      for (const isWell of [false, true, false, true]) {
        const afterMs = isWell ? 500 : 30_000
        expect((await rig.round(isWell, afterMs)).backend.reachable).toBe('yes')
      }
      await rig.round(false, 30_000)
      await rig.round(false, 500)
      expect((await rig.round(true, 1_000)).backend.reachable).toBe('no')
      expect((await rig.round(false, 500)).backend.reachable).toBe('no')
      expect((await rig.round(true, 500)).backend.reachable).toBe('no')
    })

    it('stays unknown after one failure, since that proves nothing', async () => {
      await using rig = await MonitoringRig.start(create)
      expect((await rig.monitor(false)).backend.reachable).toBe('unknown')
      expect((await rig.round(false, 500)).backend.reachable).toBe('no')
    })

    it('is down at once when the machine itself has no network', async () => {
      const present: NetworkInterfaces = { eth0: [{ address: '192.0.2.7', internal: false } as never] }
      let interfaces = present
      await using rig = await MonitoringRig.start(create, { interfaces: () => interfaces })
      await rig.monitor()
      interfaces = {}
      expect(await rig.round(false, 30_000)).toMatchObject({
        link: { reachable: 'no', cause: 'no_interface' },
        backend: { reachable: 'no', cause: 'no_interface' },
      })
      interfaces = present
      expect((await rig.round(true, 500)).link.reachable).toBe('yes')
    })

    it('waits longer and longer while it is down, up to the longest backoff', async () => {
      await using rig = await MonitoringRig.start(create, { initialBackoffMs: 1_000, maxBackoffMs: 5_000 })
      await rig.monitor(false)
      for (const afterMs of [500, 1_000, 2_000, 2_500, 2_500])
        expect((await rig.round(false, afterMs)).backend.reachable).toBe('no')
    })

    it('takes its time where the system does not show its interfaces, as long as all is well', async () => {
      const interfaces = () => {
        throw new Error('not permitted')
      }
      await using rig = await MonitoringRig.start(create, { interfaces })
      await rig.monitor()
      expect((await rig.round(true, 30_000)).link).toMatchObject({ reachable: 'unknown', cause: null })
    })

    it('survives a round that fails unexpectedly', async () => {
      const rounds = [true, false, true, true]
      const random = () => {
        throw new Error('no entropy')
      }
      await using rig = await MonitoringRig.start(create, {}, random)
      await rig.monitor()
      for (const isWell of rounds) expect((await rig.round(isWell, 30_000)).backend.reachable).toBe('yes')
    })

    it('is started once however often it is asked for, and stopped likewise, without a timer or a connection left', async () => {
      await using rig = await MonitoringRig.start(create)
      await rig.monitor()
      expect(await rig.service.startMonitoring()).toEqual({ monitoring: true })
      await rig.round(true, 30_000)
      expect(rig.probes).toBe(2)
      expect(await rig.service.stopMonitoring()).toEqual({ monitoring: false })
      expect(await rig.service.stopMonitoring()).toEqual({ monitoring: false })
      expect(await rig.service.getStatus()).toMatchObject({ monitoring: false, backend: { reachable: 'yes' } })
      expect(rig.clock.pendingTimers).toBe(0)
      await expect.poll(() => rig.openConnections).toBe(0)
    })

    it('starts again after it was stopped', async () => {
      await using rig = await MonitoringRig.start(create)
      await rig.monitor()
      await rig.service.stopMonitoring()
      expect((await rig.monitor()).monitoring).toBe(true)
      expect(rig.probes).toBe(2)
    })

    it('leaves no timer when the service stops, and is not woken again', async () => {
      const monitoring = createMonitoringIntent()
      await using rig = await MonitoringRig.start(create, { monitoring })
      await rig.monitor()
      await rig.service.stop()
      expect(rig.clock.pendingTimers).toBe(0)
      monitoring.set(false)
      monitoring.set(true)
      expect(rig.clock.pendingTimers).toBe(0)
      await expect.poll(() => rig.openConnections).toBe(0)
    })
  })
}
