import { MEMORY_SOURCES, type MemoryEvidence, type MemorySource } from '../evidence/MemoryEvidence.ts'
import type { MemorySeries } from '../evidence/MemorySeries.ts'
import { memoryGrowth, type MemoryGrowth } from './memoryGrowth.ts'

/** The coarsest sampling of the heap, in bytes per sample, that is judged by. A finer one errs less. */
export const COARSEST_SAMPLING_BYTES = 131_072

const SAMPLING_BYTES = {
  heldBytes: 0,
  sampledHeapBytes: COARSEST_SAMPLING_BYTES,
} as const satisfies Record<MemorySource, number>

export type MemoryTrend = MemoryGrowth & Readonly<{ source: MemorySource }>

/** How one amount of one side goes. */
export function trendOf(series: MemorySeries, source: MemorySource): MemoryTrend {
  return { ...memoryGrowth(series, SAMPLING_BYTES[source]), source }
}

/** The amount with the weightiest evidence of growth; where nothing grows, that of which most is known. */
export function memoryTrend({ series }: MemoryEvidence): MemoryTrend {
  const [held, sampled] = MEMORY_SOURCES.map((source) => trendOf(series[source], source)) as [MemoryTrend, MemoryTrend]
  return isWeightier(sampled, held) ? sampled : held
}

function isWeightier(one: MemoryTrend, other: MemoryTrend): boolean {
  if (one.enough !== other.enough) return one.enough
  if (!one.enough) return one.points > other.points
  if (one.growing !== other.growing) return one.growing
  // Both may be beyond what a double can tell from no chance at all: then the steeper one says more.
  if (one.pValue !== other.pValue) return one.pValue < other.pValue
  return one.bytesPerHour > other.bytesPerHour
}
