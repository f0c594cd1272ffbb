import type { TrendPoint } from '../statistics/monotonicTrend.ts'
import type { MemoryAmount, MemoryAmounts } from './MemoryAmount.ts'

const MOST_CELLS = 500
const JITTER = 1.5
/** Six times a roll-up. A longer window spans a sleep or a jump of the clock, and would make every cell as long. */
const LONGEST_WINDOW_MS = 3_600_000

/**
 * Bytes held over time, as bytes × milliseconds per cell of `cellMs`, from the epoch. Integrals add: over instances whose
 * windows begin at different moments, in any order of arrival, and when cells are joined to stay within 500.
 * Never changed once made.
 */
export type MemorySeries = Readonly<{ cellMs: number; cells: ReadonlyMap<number, number> }>

export const emptyMemorySeries: MemorySeries = Object.freeze({ cellMs: 0, cells: new Map<number, number>() })

type Held = MemoryAmounts & Readonly<{ startMs: number; endMs: number }>

/**
 * With what these windows held. A cell is about as long as the longest window at least: shorter ones would be points that
 * say the same, and a trend of them would look more certain than it is. A tick that came late is not longer in that sense.
 */
export function addHeld(
  series: MemorySeries,
  windows: readonly Held[],
  amount: MemoryAmount = 'heldBytes',
): MemorySeries {
  let cellMs = series.cellMs
  let cells = new Map(series.cells)
  for (const { startMs, endMs, [amount]: bytes } of windows) {
    if (bytes === undefined || endMs <= startMs || endMs - startMs > LONGEST_WINDOW_MS) continue
    if (cellMs === 0) cellMs = endMs - startMs
    for (; cellMs * JITTER < endMs - startMs; cellMs *= 2) cells = joined(cells)
    for (let cell = Math.floor(startMs / cellMs); cell * cellMs < endMs; cell++) {
      const sharedMs = Math.min(endMs, (cell + 1) * cellMs) - Math.max(startMs, cell * cellMs)
      cells.set(cell, (cells.get(cell) ?? 0) + bytes * sharedMs)
    }
    for (; cells.size > MOST_CELLS; cellMs *= 2) cells = joined(cells)
  }
  return { cellMs, cells }
}

function joined(cells: ReadonlyMap<number, number>): Map<number, number> {
  const pairs = new Map<number, number>()
  for (const [cell, integral] of cells) {
    const pair = Math.floor(cell / 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + integral)
  }
  return pairs
}

/** Mean bytes per cell, in order of time; x in ms since the epoch. The first and the last cell are not whole, so left out. */
export function memoryPoints({ cellMs, cells }: MemorySeries): readonly TrendPoint[] {
  return [...cells]
    .sort(([one], [other]) => one - other)
    .slice(1, -1)
    .map(([cell, integral]) => ({ x: cell * cellMs, y: integral / cellMs }))
}
