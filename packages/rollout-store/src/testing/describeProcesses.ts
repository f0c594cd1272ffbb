import type { RolloutStore, StoredEvent } from '@gradvis/rollout'
import { describe, expect, it, vi } from 'vitest'

import { StoreProcess } from './StoreProcess.ts'

type Located = AsyncDisposable & Readonly<{ store: RolloutStore; location: string }>

/** What a store must do that several processes use, and lose. */
export function describeProcesses(name: string, open: () => Promise<Located>): void {
  describe(`${name}: several processes`, () => {
    it('loses and doubles nothing, and leaves no gap, when several append at once', async () => {
      await using rig = await open()
      const processes = ['a', 'b', 'c'].map((actor) => new StoreProcess('appendForEver', rig.location, actor, 40))
      await Promise.all(processes.map((process) => process.end()))
      const events = await rig.store.readEvents(0)
      expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 240 }, (_, index) => index + 1))
      for (const actor of ['a', 'b', 'c']) expect(pairsOf(events, actor)).toEqual(numbers(40))
      expect((await rig.store.readWindows({})).windows).toHaveLength(120)
    }, 60_000)

    it('keeps what was acknowledged, and nothing in halves, when a writer is killed at any moment', async () => {
      await using rig = await open()
      for (let round = 0; round < 6; round++) {
        const actor = `writer-${round}`
        const process = new StoreProcess('appendForEver', rig.location, actor)
        const enough = Math.floor(Math.random() * 40)
        await vi.waitFor(() => expect(process.acknowledged).toBeGreaterThan(enough), { timeout: 15_000, interval: 1 })
        await process.kill()
        const pairs = pairsOf(await rig.store.readEvents(0), actor)
        expect(pairs.length).toBeGreaterThanOrEqual(process.acknowledged)
        expect(pairs.length).toBeLessThanOrEqual(process.acknowledged + 1)
        expect(pairs).toEqual(numbers(pairs.length))
      }
    }, 90_000)

    it('have another leader once the lease of one that was killed has run out', async () => {
      await using rig = await open()
      const process = new StoreProcess('leadForEver', rig.location, 'instance-1', 2000)
      await vi.waitFor(() => expect(process.acknowledged).toBeGreaterThan(3), { timeout: 15_000 })
      expect(await rig.store.lead('instance-2', 1000)).toBe(false)
      await process.kill()
      expect(await rig.store.lead('instance-2', 1000)).toBe(false)
      await vi.waitFor(async () => expect(await rig.store.lead('instance-2', 60_000)).toBe(true), { timeout: 10_000 })
    }, 30_000)

    it('lets a process end that still listens', async () => {
      await using rig = await open()
      await expect(new StoreProcess('appendForEver', rig.location, 'a', 0).end()).resolves.toBeUndefined()
    })
  })
}

/** The numbers of the pairs that an actor has appended. Fails when one is not whole, or torn apart. */
function pairsOf(events: readonly StoredEvent[], actor: string): readonly number[] {
  const own = events.filter((event) => event.actor === actor)
  const [first, second] = [own.filter((_, index) => index % 2 === 0), own.filter((_, index) => index % 2 === 1)]
  expect(second.map(({ reason, sequence }) => [reason, sequence - 1])).toEqual(
    first.map(({ reason, sequence }) => [reason, sequence]),
  )
  return first.map(({ reason }) => Number(reason?.split(' ')[1]))
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
