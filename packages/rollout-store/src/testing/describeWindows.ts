import type { ObservationWindow, WindowCursor } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { anOperation, aWindow, NOON } from './aWindow.ts'
import type { OpenStoreRig } from './StoreRig.ts'

export function describeWindows(name: string, open: OpenStoreRig): void {
  describe(`${name}: observation windows`, () => {
    it('gives windows back as they were, in the order in which they were written', async () => {
      await using rig = await open()
      const windows = [
        aWindow({ heldBytes: 4096.5, operations: { listBackups: anOperation({ operations: 7, faults: 2 }) } }),
        aWindow({ startMs: NOON + 10_000.125, service: 'NetworkConnectivityService' }),
        aWindow({ implementation: 'legacy', operations: {} }),
      ]
      await rig.store.writeWindows(windows.slice(0, 2))
      await rig.store.writeWindows(windows.slice(2))
      const page = await (await rig.openAnother()).readWindows({})
      expect(page.windows).toEqual(windows)
      expect(page.restart).toBe(true)
    })

    it('gives each window once to a reader who comes back with the cursor', async () => {
      await using rig = await open()
      const batches = [0, 1, 2, 3].map((batch) =>
        [0, 1].map((index) => aWindow({ startMs: NOON + (2 * batch + index) * 10_000 })),
      )
      const seen: ObservationWindow[] = []
      let cursor: WindowCursor | undefined
      for (const [index, batch] of batches.entries()) {
        await rig.store.writeWindows(batch)
        const page = await rig.store.readWindows({ cursor })
        expect(page.restart).toBe(index === 0)
        seen.push(...page.windows)
        cursor = page.cursor
      }
      expect(seen).toEqual(batches.flat())
      expect(await rig.store.readWindows({ cursor })).toMatchObject({ windows: [], restart: false })
    })

    it('keeps the first of two windows of one instance, service, implementation and start', async () => {
      await using rig = await open()
      await rig.store.writeWindows([aWindow()])
      const { cursor } = await rig.store.readWindows({})
      const more = aWindow({ operations: { createBackup: anOperation({ operations: 99 }) } })
      const others = [
        aWindow({ instance: 'instance-2' }),
        aWindow({ service: 'WebRTCPeerService' }),
        aWindow({ implementation: 'legacy' }),
      ]
      await rig.store.writeWindows([more, ...others, ...others])
      expect((await rig.store.readWindows({ cursor })).windows).toEqual(others)
    })

    it('gives a new reader everything that ends after the time that matters', async () => {
      await using rig = await open()
      const [old, straddling, recent] = [-60_000, -5_000, 60_000].map((offset) => aWindow({ startMs: NOON + offset }))
      await rig.store.writeWindows([old!, straddling!, recent!])
      expect((await rig.store.readWindows({ sinceMs: NOON })).windows).toEqual([straddling, recent])
      expect((await rig.store.readWindows({ sinceMs: straddling!.endMs })).windows).toEqual([recent])
    })

    it('gives a reader with a cursor what was written late, however old', async () => {
      await using rig = await open()
      const { cursor } = await rig.store.readWindows({ sinceMs: NOON })
      const late = aWindow({ startMs: NOON - 3_600_000 })
      await rig.store.writeWindows([late])
      expect((await rig.store.readWindows({ cursor, sinceMs: NOON })).windows).toEqual([late])
    })

    it('starts anew for a cursor that it did not make', async () => {
      await using rig = await open()
      await rig.store.writeWindows([aWindow()])
      for (const cursor of ['', 'nonsense', 'sqlite:999999', 'postgres:18446744073709551615'])
        expect(await rig.store.readWindows({ cursor: cursor as WindowCursor })).toMatchObject({
          windows: [aWindow()],
          restart: true,
        })
    })

    it('writes none of them when one has no right shape', async () => {
      await using rig = await open()
      const { latency } = anOperation()
      const shapeless: readonly ObservationWindow[] = [
        aWindow({ instance: '*' }),
        aWindow({ instance: '' }),
        aWindow({ service: 'a\0b' }),
        aWindow({ service: '\uD800' }),
        aWindow({ startMs: Number.NaN }),
        aWindow({ endMs: Infinity }),
        aWindow({ operations: { createBackup: { ...anOperation(), operations: -1 } } }),
        aWindow({ operations: { createBackup: { ...anOperation(), latency: { ...latency!, counts: [-1] } } } }),
      ]
      for (const window of shapeless)
        await expect(rig.store.writeWindows([aWindow(), window])).rejects.toMatchObject({
          code: 'rollout_store.invalid_window',
        })
      expect((await rig.store.readWindows({})).windows).toEqual([])
    })

    it('takes the windows of a whole fleet at once, and nothing', async () => {
      await using rig = await open()
      const windows = Array.from({ length: 3000 }, (_, index) => aWindow({ instance: `instance-${index}` }))
      await rig.store.writeWindows(windows)
      await rig.store.writeWindows([])
      expect((await rig.store.readWindows({})).windows).toEqual(windows)
    })
  })
}
