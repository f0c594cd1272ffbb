import { describe, expect, it } from 'vitest'

import { addHeld, emptyMemorySeries, memoryPoints } from './MemorySeries.ts'

const held = (startMs: number, heldBytes: number, lengthMs = 10) => ({ startMs, endMs: startMs + lengthMs, heldBytes })
const bytes = (series: Parameters<typeof memoryPoints>[0]) => memoryPoints(series).map(({ y }) => Math.round(y))

describe('a memory series', () => {
  it('adds what instances hold, though their windows begin at different moments', () => {
    const windows = Array.from({ length: 10 }, (_, slot) => [held(slot * 10, 100), held(slot * 10 + 3, 50)]).flat()
    expect(new Set(bytes(addHeld(emptyMemorySeries, windows)))).toEqual(new Set([150]))
  })

  it('takes windows in any order, also late ones', () => {
    const windows = Array.from({ length: 20 }, (_, slot) => held(slot * 10, slot))
    const late = addHeld(addHeld(emptyMemorySeries, windows.slice(5)), windows.slice(0, 5))
    expect(memoryPoints(late)).toEqual(memoryPoints(addHeld(emptyMemorySeries, windows)))
  })

  it('stays within 500 cells and keeps the mean, the trend and the whole time', () => {
    const windows = Array.from({ length: 5000 }, (_, slot) => held(slot * 10, slot))
    const points = memoryPoints(addHeld(emptyMemorySeries, windows))
    expect(points.length).toBeLessThanOrEqual(500)
    expect(points.length).toBeGreaterThan(200)
    const middle = points[Math.floor(points.length / 2)]!
    expect(middle.y).toBeCloseTo(middle.x / 10 + 7.5, 0)
  })

  it('takes fine windows and rolled-up ones together', () => {
    const coarse = Array.from({ length: 10 }, (_, slot) => held(slot * 600, 70, 600))
    const fine = Array.from({ length: 600 }, (_, slot) => held(6000 + slot * 10, 70))
    expect(new Set(bytes(addHeld(emptyMemorySeries, [...coarse, ...fine])))).toEqual(new Set([70]))
    expect(new Set(bytes(addHeld(emptyMemorySeries, [...fine, ...coarse])))).toEqual(new Set([70]))
  })

  it('does not halve its resolution because a tick came a little late', () => {
    const windows = Array.from({ length: 40 }, (_, slot) => held(slot * 10, 70, slot % 2 === 0 ? 11 : 9))
    expect(memoryPoints(addHeld(emptyMemorySeries, windows)).length).toBeGreaterThanOrEqual(30)
  })

  it('leaves out what reports nothing, what lasted no time, and what spans a sleep of an hour', () => {
    const asleep = held(30, 5, 3_600_001)
    const windows = [{ startMs: 0, endMs: 10 }, held(10, 5, 0), { startMs: 20, endMs: 10, heldBytes: 5 }, asleep]
    expect(addHeld(emptyMemorySeries, windows).cells.size).toBe(0)
  })
})
