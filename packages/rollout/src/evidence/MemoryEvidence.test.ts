import { describe, expect, it } from 'vitest'

import { windowOf } from '../testing/windowOf.ts'
import { addMemory, emptyMemoryEvidence } from './MemoryEvidence.ts'
import { memoryPoints } from './MemorySeries.ts'

const at = (slot: number, rest: Partial<Parameters<typeof windowOf>[0]>) =>
  windowOf({ startMs: slot * 10_000, ...rest })

describe('what is known of the memory of a side', () => {
  it('is a series of what is held and another one of the sampled heap', () => {
    const windows = Array.from({ length: 10 }, (_, slot) => at(slot, { heldBytes: 5, sampledHeapBytes: 100 + slot }))
    const { series } = addMemory(emptyMemoryEvidence, windows)
    expect(memoryPoints(series.heldBytes).map(({ y }) => y)).toEqual([5, 5, 5, 5, 5, 5, 5, 5])
    expect(memoryPoints(series.sampledHeapBytes).map(({ y }) => y)).toEqual([101, 102, 103, 104, 105, 106, 107, 108])
  })

  it('is nothing of what no window says, as of windows from before there was a sampled heap', () => {
    const { series, latest } = addMemory(emptyMemoryEvidence, [at(0, { heldBytes: 5 }), at(1, {})])
    expect(series.sampledHeapBytes.cells.size).toBe(0)
    expect([...latest.values()]).toEqual([{ endMs: 20_000 }])
  })

  it('is the latest of each instance, in whatever order windows come', () => {
    const windows = [at(2, { heldBytes: 3 }), at(1, { heldBytes: 9 }), at(1, { instance: 'two', sampledHeapBytes: 7 })]
    expect([...addMemory(emptyMemoryEvidence, windows).latest]).toEqual([
      ['instance-1', { endMs: 30_000, heldBytes: 3 }],
      ['two', { endMs: 20_000, sampledHeapBytes: 7 }],
    ])
  })

  it('forgets an instance that has not written for a minute while others have', () => {
    const before = addMemory(emptyMemoryEvidence, [at(0, { instance: 'gone', heldBytes: 1 })])
    expect([...addMemory(before, [at(6, { heldBytes: 2 })]).latest.keys()]).toEqual(['gone', 'instance-1'])
    expect([...addMemory(before, [at(7, { heldBytes: 2 })]).latest.keys()]).toEqual(['instance-1'])
  })
})
