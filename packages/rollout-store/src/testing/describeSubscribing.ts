import { describe, expect, it, vi } from 'vitest'

import { anEvent } from './anEvent.ts'
import type { OpenStoreRig } from './StoreRig.ts'

export function describeSubscribing(name: string, open: OpenStoreRig): void {
  describe(`${name}: subscribing`, () => {
    it('has called listeners of the same store by the time an append resolves', async () => {
      await using rig = await open()
      const listener = vi.fn<() => void>()
      rig.store.subscribe(listener)
      const before = listener.mock.calls.length
      await rig.store.append([anEvent()], 0)
      expect(listener.mock.calls.length).toBeGreaterThan(before)
    })

    it('calls listeners of another store within a second', async () => {
      await using rig = await open()
      const another = await rig.openAnother()
      const seen: number[] = []
      const look = async () => seen.push((await another.readEvents(0)).length)
      // The last look may come too late: the store is closed by then.
      another.subscribe(() => void look().catch(() => {}))
      for (const length of [1, 2, 3]) {
        await rig.store.append([anEvent()], length - 1)
        await vi.waitFor(() => expect(seen).toContain(length), { timeout: 1000, interval: 5 })
      }
    })

    it('calls no listener that has unsubscribed, and the others nevertheless', async () => {
      await using rig = await open()
      const [gone, failing, kept] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()]
      failing.mockImplementation(() => {
        throw new Error('a listener of no use')
      })
      rig.store.subscribe(gone)()
      rig.store.subscribe(failing)
      rig.store.subscribe(kept)
      gone.mockClear()
      await rig.store.append([anEvent()], 0)
      expect(gone).not.toHaveBeenCalled()
      expect(failing).toHaveBeenCalled()
      expect(kept).toHaveBeenCalled()
    })
  })
}
