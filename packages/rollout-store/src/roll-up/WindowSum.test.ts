import type { ObservationWindow } from '@gradvis/rollout'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { aWindow, NOON } from '../testing/aWindow.ts'
import { WindowSum } from './WindowSum.ts'

const counts = fc.dictionary(fc.constantFrom('log:email', 'error:phone'), fc.integer({ min: 1, max: 9 }))
const anyWindows = fc.uniqueArray(
  fc.record({
    slot: fc.integer({ min: 0, max: 59 }),
    instance: fc.constantFrom('a', 'b', 'c'),
    findings: counts,
    sampledHeapBytes: fc.integer({ min: 0, max: 1e6 }),
  }),
  { maxLength: 20, selector: ({ slot, instance }) => `${slot} ${instance}` },
)

const rolledUp = (windows: readonly ObservationWindow[]) => {
  const sum = new WindowSum()
  for (const window of windows) sum.add(window)
  return sum.toWindow('BackupService', 'migrated')
}

describe('windows that are added up', () => {
  it('count every finding and the last sampled heap of each instance, in any order', () => {
    fc.assert(
      fc.property(anyWindows, fc.nat(), (cases, seed) => {
        const windows = cases.map(({ slot, ...rest }) => aWindow({ ...rest, startMs: NOON + slot * 10_000 }))
        const turned = windows.slice(seed % (windows.length + 1)).concat(windows.slice(0, seed % (windows.length + 1)))
        const sum = rolledUp(turned)
        for (const name of ['log:email', 'error:phone'])
          expect(sum?.findings?.[name] ?? 0).toBe(windows.reduce((all, one) => all + (one.findings?.[name] ?? 0), 0))
        const last = ['a', 'b', 'c'].map((instance) =>
          windows
            .filter((one) => one.instance === instance)
            .toSorted((one, other) => one.endMs - other.endMs)
            .at(-1),
        )
        const bytes = last.reduce((all, one) => all + (one?.sampledHeapBytes ?? 0), 0)
        expect(sum?.sampledHeapBytes ?? 0).toBe(bytes)
        expect(sum?.heldBytes).toBeUndefined()
      }),
    )
  })
})
