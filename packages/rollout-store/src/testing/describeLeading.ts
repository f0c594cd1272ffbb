import { describe, expect, it, vi } from 'vitest'

import type { OpenStoreRig } from './StoreRig.ts'

const LONG = 60_000
const SHORT = 400

export function describeLeading(name: string, open: OpenStoreRig): void {
  describe(`${name}: leading`, () => {
    it('is for exactly one of many who ask at the same time', async () => {
      await using rig = await open()
      const stores = [rig.store, await rig.openAnother(), await rig.openAnother()]
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) => stores[index % 3]!.lead(`instance-${index}`, LONG)),
      )
      expect(answers.filter(Boolean)).toHaveLength(1)
      const again = await Promise.all(answers.map((_, index) => rig.store.lead(`instance-${index}`, LONG)))
      expect(again).toEqual(answers)
    })

    it('goes to the next one when a lease has run out, and not before', async () => {
      await using rig = await open()
      const another = await rig.openAnother()
      // The clocks of two programs may differ by a part of a millisecond.
      const begunMs = performance.now() - 1
      expect(await rig.store.lead('instance-1', SHORT)).toBe(true)
      expect(await another.lead('instance-2', LONG)).toBe(false)
      await vi.waitFor(async () => expect(await another.lead('instance-2', LONG)).toBe(true), {
        timeout: 10_000,
        interval: 5,
      })
      expect(performance.now() - begunMs).toBeGreaterThanOrEqual(SHORT)
      expect(await rig.store.lead('instance-1', SHORT)).toBe(false)
    })

    it('goes on for whoever renews', async () => {
      await using rig = await open()
      const another = await rig.openAnother()
      expect(await rig.store.lead('instance-1', SHORT)).toBe(true)
      expect(await rig.store.lead('instance-1', LONG)).toBe(true)
      const endMs = performance.now() + 2 * SHORT
      await vi.waitFor(
        async () => {
          expect(await another.lead('instance-2', SHORT)).toBe(false)
          expect(performance.now()).toBeGreaterThan(endMs)
        },
        { timeout: 10_000, interval: 50 },
      )
    })

    it('goes to the next one at once when it is given up, which only the leader can', async () => {
      await using rig = await open()
      expect(await rig.store.lead('instance-1', LONG)).toBe(true)
      expect(await rig.store.lead('instance-2', 0)).toBe(false)
      expect(await rig.store.lead('instance-2', LONG)).toBe(false)
      expect(await rig.store.lead('instance-1', 0)).toBe(false)
      expect(await rig.store.lead('instance-2', LONG)).toBe(true)
    })

    it('gives nothing for a time that is none, or to a caller who has given up', async () => {
      await using rig = await open()
      const reason = new Error('gave up')
      await expect(rig.store.lead('instance-1', LONG, AbortSignal.abort(reason))).rejects.toBe(reason)
      for (const ttlMs of [Number.NaN, -LONG, -Infinity]) expect(await rig.store.lead('instance-1', ttlMs)).toBe(false)
      expect(await rig.store.lead('instance-2', Infinity)).toBe(true)
    })
  })
}
