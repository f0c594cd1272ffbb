import type { ProcessMemory } from '@gradvis/rollout'

/** What this process has in memory now, whoever's it is. */
export function processMemory(): ProcessMemory {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return { heapUsedBytes: heapUsed, externalBytes: external, arrayBufferBytes: arrayBuffers }
}
