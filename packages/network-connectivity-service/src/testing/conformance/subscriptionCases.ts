import { describe, expect, it } from 'vitest'

import type { NetworkChange } from '../../NetworkChange.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { MonitoringRig } from '../MonitoringRig.ts'
import { useService } from '../useService.ts'

/** A listener that notes, for each call, what it says of the backend; `(…)` marks a call that only says how things are. */
export function noteBackend(): { heard: string[]; listener: (change: NetworkChange) => void } {
  const heard: string[] = []
  const listener = ({ status, previous }: NetworkChange) => {
    heard.push(
      previous ? `${previous.backend.reachable} → ${status.backend.reachable}` : `(${status.backend.reachable})`,
    )
  }
  return { heard, listener }
}

export function subscriptionCases(create: CreateNetworkConnectivity): void {
  describe('subscribe', () => {
    it('tells how things stand, then every change, once each', async () => {
      await using rig = await MonitoringRig.start(create)
      await rig.monitor()
      const { heard, listener } = noteBackend()
      await rig.service.subscribe({ listener })
      for (const [isWell, afterMs] of [
        [true, 30_000],
        [false, 30_000],
        [false, 500],
        [false, 1_000],
        [true, 2_000],
        [true, 500],
      ] as const)
        await rig.round(isWell, afterMs)
      expect(heard).toEqual(['(yes)', 'yes → no', 'no → yes'])
    })

    it('says nothing while nothing is known', async () => {
      await using rig = await MonitoringRig.start(create)
      const { heard, listener } = noteBackend()
      await rig.service.subscribe({ listener })
      await rig.monitor(false)
      expect(heard).toEqual([])
      await rig.round(false, 500)
      expect(heard).toEqual(['(no)'])
    })

    it('names what has changed, in frozen snapshots', async () => {
      let isLinked = true
      const eth0 = [{ address: '192.0.2.7', internal: false } as never]
      await using service = await useService(create({ interfaces: () => (isLinked ? { eth0 } : {}) }))
      const changes: NetworkChange[] = []
      await service.subscribe({ listener: (change) => changes.push(change) })
      isLinked = false
      await service.checkBackend()
      expect(
        changes.map(({ changed, previous, status }) => [changed, previous?.link.reachable, status.link.reachable]),
      ).toEqual([
        [[], undefined, 'yes'],
        [['link'], 'yes', 'no'],
      ])
      expect(changes.every((change) => Object.isFrozen(change) && Object.isFrozen(change.status.link))).toBe(true)
    })

    it('is not stopped by a listener that throws or rejects', async () => {
      await using rig = await MonitoringRig.start(create)
      const { heard, listener } = noteBackend()
      await rig.service.subscribe({
        listener: () => {
          throw new Error('a listener that throws')
        },
      })
      await rig.service.subscribe({ listener: () => Promise.reject(new Error('later')) })
      await rig.service.subscribe({ listener })
      await rig.monitor()
      expect(heard).toEqual(['(yes)'])
    })

    it('calls the same function for each of its subscriptions, and no longer after that one is closed', async () => {
      await using rig = await MonitoringRig.start(create)
      await rig.monitor()
      const { heard, listener } = noteBackend()
      const first = await rig.service.subscribe({ listener })
      const second = await rig.service.subscribe({ listener })
      await first.close()
      await first.close()
      await rig.round(false, 30_000)
      await rig.round(false, 500)
      expect(heard).toEqual(['(yes)', '(yes)', 'yes → no'])
      await second.close()
      await expect(Promise.all([first.closed, second.closed])).resolves.toBeDefined()
      await rig.round(true, 1_000)
      await rig.round(true, 500)
      expect(heard).toHaveLength(3)
    })

    it('may be closed by another listener in the middle of a change', async () => {
      await using rig = await MonitoringRig.start(create)
      await rig.monitor()
      const { heard, listener } = noteBackend()
      let close = async () => {}
      await rig.service.subscribe({ listener: ({ previous }) => void (previous && close()) })
      const session = await rig.service.subscribe({ listener })
      close = () => session.close()
      await rig.round(false, 30_000)
      await rig.round(false, 500)
      expect(heard).toEqual(['(yes)'])
    })

    it('ends when the service stops', async () => {
      await using rig = await MonitoringRig.start(create)
      const session = await rig.service.subscribe({ listener: () => {} })
      await rig.service.stop()
      await expect(session.closed).resolves.toBeUndefined()
      await expect(session.close()).resolves.toBeUndefined()
    })
  })
}
