import type { ServiceError } from '@gradvis/kernel'
import type { NewEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { anEvent } from './anEvent.ts'
import type { OpenStoreRig } from './StoreRig.ts'

export function describeEventLog(name: string, open: OpenStoreRig): void {
  describe(`${name}: the event log`, () => {
    it('is empty at first', async () => {
      await using rig = await open()
      expect(await rig.store.readEvents(0)).toEqual([])
    })

    it('numbers events from 1 and gives them back as they were, to every reader', async () => {
      await using rig = await open()
      const incident: NewEvent['event'] = {
        type: 'incident_reported',
        service: 'BackupService',
        kind: 'gdpr',
        severity: 'critical',
      }
      const events = [anEvent(), anEvent({ at: 1736496000000.25, event: incident })]
      const stored = await rig.store.append(events, 0)
      expect(stored).toEqual([
        { ...events[0], sequence: 1 },
        { ...events[1], sequence: 2 },
      ])
      const another = await rig.openAnother()
      expect(await another.readEvents(0)).toEqual(stored)
      expect(await another.readEvents(1)).toEqual(stored.slice(1))
      expect(await another.readEvents(2)).toEqual([])
    })

    it('goes on where it ends, and appends nothing when there is nothing', async () => {
      await using rig = await open()
      await rig.store.append([anEvent()], 0)
      expect(await rig.store.append([], 1)).toEqual([])
      const [stored] = await rig.store.append([anEvent({ actor: 'operator-2' })], 1)
      expect(stored).toMatchObject({ sequence: 2, actor: 'operator-2' })
    })

    it('refuses to append after an event that is not the last one any more, and appends none of them', async () => {
      await using rig = await open()
      await rig.store.append([anEvent()], 0)
      await expect(rig.store.append([anEvent(), anEvent()], 0)).rejects.toMatchObject({
        code: 'rollout.sequence_conflict',
        params: { expected: 1 },
      })
      expect(await rig.store.readEvents(0)).toHaveLength(1)
    })

    it('refuses to leave a gap', async () => {
      await using rig = await open()
      await rig.store.append([anEvent()], 0)
      await expect(rig.store.append([anEvent()], 2)).rejects.toMatchObject({
        code: 'rollout_store.sequence_gap',
        params: { after: 2, last: 1 },
      })
      expect(await rig.store.readEvents(0)).toHaveLength(1)
    })

    it('lets exactly one of many simultaneous writers win each number', async () => {
      await using rig = await open()
      const another = await rig.openAnother()
      for (let round = 0; round < 10; round++) {
        const results = await Promise.allSettled(
          Array.from({ length: 6 }, (_, writer) =>
            (writer % 2 ? rig.store : another).append([anEvent({ actor: `operator-${round}-${writer}` })], round),
          ),
        )
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
        expect(refusals).toHaveLength(5)
        for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'rollout.sequence_conflict' })
      }
      expect((await rig.store.readEvents(0)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    })

    it('refuses an event that nobody could read back, and writes none of the others', async () => {
      await using rig = await open()
      const shapeless = anEvent({ event: { type: 'dance' } as unknown as NewEvent['event'] })
      await expect(rig.store.append([anEvent(), shapeless], 0)).rejects.toMatchObject({
        code: 'rollout_store.invalid_event',
        fault: 'caller',
      })
      expect(await rig.store.readEvents(0)).toEqual([])
    })

    it('refuses an event of a clock that is far ahead, and writes none of the others', async () => {
      await using rig = await open()
      const ahead = anEvent({ at: Date.now() + 100_000 })
      for (const events of [[ahead], [anEvent(), ahead], [ahead, anEvent()]]) {
        const error: unknown = await rig.store.append(events, 0).catch((error: unknown) => error)
        expect(error).toMatchObject({ code: 'rollout_store.clock_ahead', fault: 'caller', retryable: false })
        const { seconds } = (error as ServiceError).params
        expect(seconds).toBeGreaterThan(60)
        expect(seconds).toBeLessThanOrEqual(101)
      }
      expect(await rig.store.readEvents(0)).toEqual([])
      expect(await rig.store.append([anEvent()], 0)).toHaveLength(1)
      await expect(rig.store.append([ahead], 0)).rejects.toMatchObject({ code: 'rollout.sequence_conflict' })
    })

    it('takes events of clocks that differ a little, and of any time that has passed', async () => {
      await using rig = await open()
      const events = [Date.now() + 30_000, Date.now(), Date.UTC(2020, 1, 29), 0, -1].map((at) => anEvent({ at }))
      await rig.store.append(events, 0)
      expect(await rig.store.readEvents(0)).toMatchObject(events)
    })

    it('neither reads nor writes for a caller who has given up', async () => {
      await using rig = await open()
      const reason = new Error('gave up')
      const signal = AbortSignal.abort(reason)
      await expect(rig.store.readEvents(0, signal)).rejects.toBe(reason)
      await expect(rig.store.append([anEvent()], 0, signal)).rejects.toBe(reason)
      expect(await rig.store.readEvents(0)).toEqual([])
    })

    it('refuses everything once it is closed, which may happen twice', async () => {
      await using rig = await open()
      await rig.store.append([anEvent()], 0)
      await rig.store.close()
      await rig.store.close()
      const closed = { code: 'rollout_store.closed' }
      await expect(rig.store.readEvents(0)).rejects.toMatchObject(closed)
      await expect(rig.store.append([anEvent()], 1)).rejects.toMatchObject(closed)
      await expect(rig.store.writeWindows([])).rejects.toMatchObject(closed)
      await expect(rig.store.readWindows({})).rejects.toMatchObject(closed)
      await expect(rig.store.compact(0)).rejects.toMatchObject(closed)
      await expect(rig.store.lead('instance-1', 1000)).rejects.toMatchObject(closed)
      expect(() => rig.store.subscribe(() => {})()).not.toThrow()
    })

    it('says what it is', async () => {
      await using rig = await open()
      expect(rig.store.description).toMatch(/^(SQLite|PostgreSQL) /)
    })
  })
}
