import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { windowOf } from '../testing/windowOf.ts'
import { mergeWindows } from './mergeWindows.ts'
import { parseObservationWindow } from './ObservationWindow.ts'

const findings = fc.dictionary(
  fc.constantFrom('log:email', 'error:phone', 'metric:ipv4'),
  fc.integer({ min: 1, max: 9 }),
)
const amount = fc.option(fc.integer({ min: 0, max: 1e6 }), { nil: undefined })
const anyWindow = fc
  .record({ startMs: fc.integer({ min: 0, max: 1e6 }), heldBytes: amount, sampledHeapBytes: amount, findings })
  .map(({ heldBytes, sampledHeapBytes, ...rest }) =>
    windowOf({
      ...rest,
      ...(heldBytes !== undefined && { heldBytes }),
      ...(sampledHeapBytes !== undefined && { sampledHeapBytes }),
    }),
  )

describe('two windows as one', () => {
  it('count what was found in both, and hold what the later one held or else the earlier one', () => {
    fc.assert(
      fc.property(anyWindow, anyWindow, (earlier, later) => {
        const merged = mergeWindows(earlier, later)
        for (const name of ['log:email', 'error:phone', 'metric:ipv4'])
          expect(merged.findings?.[name] ?? 0).toBe((earlier.findings?.[name] ?? 0) + (later.findings?.[name] ?? 0))
        expect(merged.heldBytes).toBe(later.heldBytes ?? earlier.heldBytes)
        expect(merged.sampledHeapBytes).toBe(later.sampledHeapBytes ?? earlier.sampledHeapBytes)
        expect(parseObservationWindow(JSON.parse(JSON.stringify(merged)))).toEqual(merged)
      }),
    )
  })
})
