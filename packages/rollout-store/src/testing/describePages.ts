import type { ObservationWindow, RolloutStore, WindowCursor, WindowPage } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { aWindow, NOON } from './aWindow.ts'
import type { OpenStoreRig } from './StoreRig.ts'

const DAY = 86_400_000

export function describePages(name: string, open: OpenStoreRig): void {
  describe(`${name}: pages of windows`, () => {
    it('say that there is more until all was given, in order and once', async () => {
      await using rig = await open()
      const store = await rig.openAnother({ windowsPerPage: 4 })
      const windows = series(10)
      await store.writeWindows(windows)
      const pages = await readAll(store)
      expect(pages.map((page) => page.windows.length)).toEqual([4, 4, 2])
      expect(pages.map(({ more }) => more)).toEqual([true, true, false])
      expect(pages.map(({ restart }) => restart)).toEqual([true, false, false])
      expect(allOf(pages)).toEqual(windows)
      const later = series(9, NOON + DAY)
      await store.writeWindows(later)
      const further = await readAll(store, { cursor: pages.at(-1)?.cursor })
      expect(further.map((page) => page.windows.length)).toEqual([4, 4, 1])
      expect(further.some(({ restart }) => restart)).toBe(false)
      expect(allOf(further)).toEqual(later)
    })

    it('give roll-ups first, and the time that mattered at the first page matters at all of them', async () => {
      await using rig = await open()
      const store = await rig.openAnother({ windowsPerPage: 2 })
      const old = ['a', 'b: c', 'd'].map((service) => aWindow({ service, startMs: NOON - DAY }))
      await store.writeWindows([...old, aWindow({ startMs: NOON - 2 * DAY })])
      await store.compact(NOON)
      const early = aWindow()
      const recent = series(2, NOON + 60_000)
      await store.writeWindows([early, ...recent])
      const first = await store.readWindows({ sinceMs: NOON - DAY })
      const rest = await readAll(store, { cursor: first.cursor, sinceMs: NOON + DAY })
      const services = old.map(({ service, startMs }) => ({ instance: '*', service, startMs }))
      expect(allOf([first, ...rest])).toMatchObject([...services, early, ...recent])
      const later = await readAll(store, { sinceMs: NOON + 60_000 })
      expect(allOf(later)).toEqual(recent)
    })

    it('go on with what was written since the first one, however old it is', async () => {
      await using rig = await open()
      const store = await rig.openAnother({ windowsPerPage: 2 })
      const windows = series(3)
      await store.writeWindows(windows)
      const first = await store.readWindows({ sinceMs: NOON })
      const late = aWindow({ startMs: NOON - DAY })
      await store.writeWindows([late])
      const pages = [first, ...(await readAll(store, { cursor: first.cursor, sinceMs: NOON }))]
      expect(allOf(pages)).toEqual([...windows, late])
      expect(pages.filter(({ restart }) => restart)).toEqual([first])
    })

    it('begin anew when what was still to come is rolled up in between', async () => {
      await using rig = await open()
      const store = await rig.openAnother({ windowsPerPage: 2 })
      await store.writeWindows([...series(3), ...series(3, NOON + DAY)])
      const first = await store.readWindows({})
      await store.compact(NOON + DAY)
      const pages = await readAll(store, { cursor: first.cursor })
      expect(pages[0]).toMatchObject({ windows: [{ instance: '*' }, {}], restart: true, more: true })
      expect(allOf(pages)).toMatchObject([{ instance: '*', endMs: NOON + 30_000 }, ...series(3, NOON + DAY)])
    })

    it('begin anew when a late window was rolled up before, and what is to come since', async () => {
      await using rig = await open()
      const store = await rig.openAnother({ windowsPerPage: 1 })
      await store.writeWindows(series(2, NOON + DAY))
      await store.writeWindows([aWindow({ startMs: NOON, instance: 'late' })])
      await store.compact(NOON + DAY)
      const first = await store.readWindows({})
      await store.compact(NOON + 2 * DAY)
      const pages = await readAll(store, { cursor: first.cursor })
      expect(first).toMatchObject({ windows: [{ startMs: NOON }] })
      expect(pages[0]?.restart).toBe(true)
      expect(allOf(pages)).toMatchObject([{ startMs: NOON }, { startMs: NOON + DAY, endMs: NOON + DAY + 20_000 }])
    })

    it('go on when all that was rolled up in between has been read', async () => {
      await using rig = await open()
      const store = await rig.openAnother({ windowsPerPage: 2 })
      const [old, recent] = [series(3), series(4, NOON + DAY)]
      await store.writeWindows(old)
      await store.writeWindows(recent)
      const first = await store.readWindows({})
      const second = await store.readWindows({ cursor: first.cursor })
      const third = await store.readWindows({ cursor: second.cursor })
      await store.compact(NOON + DAY)
      const rest = await readAll(store, { cursor: third.cursor })
      expect(rest.some(({ restart }) => restart)).toBe(false)
      expect(allOf([first, second, third, ...rest])).toEqual([...old, ...recent])
    })
  })
}

function series(length: number, fromMs = NOON): readonly ObservationWindow[] {
  return Array.from({ length }, (_, index) => aWindow({ startMs: fromMs + index * 10_000 }))
}

async function readAll(
  store: RolloutStore,
  from: Readonly<{ cursor?: WindowCursor | undefined; sinceMs?: number }> = {},
): Promise<readonly WindowPage[]> {
  const pages = [await store.readWindows(from)]
  for (let page = pages[0]!; page.more; pages.push(page))
    page = await store.readWindows({ ...from, cursor: page.cursor })
  return pages
}

function allOf(pages: readonly WindowPage[]): readonly ObservationWindow[] {
  return pages.flatMap(({ windows }) => windows)
}
