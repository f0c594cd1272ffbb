import { describe, expect, it } from 'vitest'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { windowOf } from '../testing/index.ts'
import type { WindowCursor, WindowPage } from './RolloutStore.ts'
import { readAllWindows, windowPages } from './windowPages.ts'

const [one, two, three] = [1, 2, 3].map((startMs) => windowOf({ startMs })) as [
  ObservationWindow,
  ObservationWindow,
  ObservationWindow,
]

/** A store that answers with these pages in turn, and notes what it was asked. */
function storeOf(...pages: readonly Partial<WindowPage>[]) {
  const asked: (string | undefined)[] = []
  const readWindows = async ({ cursor }: { cursor?: WindowCursor | undefined }) => {
    asked.push(cursor)
    const index = asked.length
    return { windows: [], cursor: `c${index}` as WindowCursor, restart: false, more: false, ...pages[index - 1] }
  }
  return { asked, readWindows }
}

describe('pages of windows', () => {
  it('are read, each from where the last one ended, until there is no more', async () => {
    const store = storeOf({ windows: [one], more: true }, { windows: [two], more: true }, { windows: [] })
    const seen: ObservationWindow[] = []
    for await (const page of windowPages(store, { cursor: 'c0' as WindowCursor })) seen.push(...page.windows)
    expect(seen).toEqual([one, two])
    expect(store.asked).toEqual(['c0', 'c1', 'c2'])
  })

  it('begin anew when the store says so: then nothing of what came before counts', async () => {
    const store = storeOf(
      { windows: [one], restart: true, more: true },
      { windows: [two], restart: true, more: true },
      { windows: [three] },
    )
    expect(await readAllWindows(store, 0)).toEqual([two, three])
  })
})
