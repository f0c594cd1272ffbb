import { type Implementation, IMPLEMENTATIONS } from '@gradvis/kernel'

import type { Evidence, ServiceEvidence } from '../evidence/Evidence.ts'
import { MEMORY_AMOUNTS, type MemoryAmounts } from '../evidence/MemoryAmount.ts'
import type { LatestMemory, MemoryEvidence } from '../evidence/MemoryEvidence.ts'
import type { ProcessMemory } from '../evidence/ObservationWindow.ts'
import { memoryTrend, type MemoryTrend } from './memoryTrend.ts'

/** What a side has now, summed over the instances that still write; an amount that none of them knows is undefined. */
export type SideMemory = MemoryAmounts & Readonly<{ trend: MemoryTrend }>

export function memoryBySide({ memory }: ServiceEvidence): Readonly<Record<Implementation, SideMemory>> {
  return { legacy: sideMemory(memory.legacy), migrated: sideMemory(memory.migrated) }
}

function sideMemory(memory: MemoryEvidence): SideMemory {
  const latest = [...memory.latest.values()]
  const amounts = MEMORY_AMOUNTS.flatMap((name) => {
    const known = latest.flatMap((one) => one[name] ?? [])
    return known.length === 0 ? [] : [[name, known.reduce((sum, bytes) => sum + bytes, 0)]]
  })
  return { ...(Object.fromEntries(amounts) as MemoryAmounts), trend: memoryTrend(memory) }
}

/** Whole processes, summed: how many instances said it, and what they have. Undefined where none did. */
export function processMemory({ services }: Evidence): (ProcessMemory & Readonly<{ instances: number }>) | undefined {
  const latest = new Map<string, LatestMemory & Readonly<{ process: ProcessMemory }>>()
  for (const { memory } of services.values())
    for (const side of IMPLEMENTATIONS)
      for (const [instance, { endMs, process }] of memory[side].latest)
        if (process && endMs >= (latest.get(instance)?.endMs ?? -Infinity)) latest.set(instance, { endMs, process })
  if (latest.size === 0) return undefined
  const sum = (name: keyof ProcessMemory) => [...latest.values()].reduce((all, { process }) => all + process[name], 0)
  return {
    instances: latest.size,
    heapUsedBytes: sum('heapUsedBytes'),
    externalBytes: sum('externalBytes'),
    arrayBufferBytes: sum('arrayBufferBytes'),
  }
}
