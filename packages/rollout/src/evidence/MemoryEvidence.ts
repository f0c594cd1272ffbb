import { knownAmounts, type MemoryAmounts } from './MemoryAmount.ts'
import { addHeld, emptyMemorySeries, type MemorySeries } from './MemorySeries.ts'
import type { ObservationWindow, ProcessMemory } from './ObservationWindow.ts'

/** The amounts that are looked at for a trend. What is outside the heap is a part of what is held. */
export const MEMORY_SOURCES = ['heldBytes', 'sampledHeapBytes'] as const
export type MemorySource = (typeof MEMORY_SOURCES)[number]

/** What an instance wrote last, at `endMs` (epoch milliseconds). */
export type LatestMemory = MemoryAmounts & Readonly<{ endMs: number; process?: ProcessMemory | undefined }>

/** What one side had in memory: how it went, and how it is by instance. Never changed once made. */
export type MemoryEvidence = Readonly<{
  series: Readonly<Record<MemorySource, MemorySeries>>
  latest: ReadonlyMap<string, LatestMemory>
}>

/** Instances write every few seconds: one that has not, while others have, is gone, and its memory with it. */
const GONE_MS = 60_000

export const emptyMemoryEvidence: MemoryEvidence = Object.freeze({
  series: { heldBytes: emptyMemorySeries, sampledHeapBytes: emptyMemorySeries },
  latest: new Map<string, LatestMemory>(),
})

/** With what these windows of the side say, in any order. */
export function addMemory(memory: MemoryEvidence, windows: readonly ObservationWindow[]): MemoryEvidence {
  if (windows.length === 0) return memory
  const { series, latest } = memory
  return {
    series: {
      heldBytes: addHeld(series.heldBytes, windows),
      sampledHeapBytes: addHeld(series.sampledHeapBytes, windows, 'sampledHeapBytes'),
    },
    latest: latestOf(latest, windows),
  }
}

function latestOf(
  before: ReadonlyMap<string, LatestMemory>,
  windows: readonly ObservationWindow[],
): ReadonlyMap<string, LatestMemory> {
  const latest = new Map(before)
  for (const window of windows) {
    const { instance, endMs, process } = window
    if (endMs >= (latest.get(instance)?.endMs ?? -Infinity))
      latest.set(instance, { ...knownAmounts(window), endMs, ...(process && { process }) })
  }
  const newestMs = [...latest.values()].reduce((newest, { endMs }) => Math.max(newest, endMs), -Infinity)
  for (const [instance, { endMs }] of latest) if (endMs < newestMs - GONE_MS) latest.delete(instance)
  return latest
}
