/**
 * What is known of the memory of one side of a service: what it says that it holds, what the sampling of the JavaScript
 * heap attributes to its code, and what of the held lies outside that heap.
 */
export const MEMORY_AMOUNTS = ['heldBytes', 'sampledHeapBytes', 'externalBytes'] as const
export type MemoryAmount = (typeof MEMORY_AMOUNTS)[number]

export type MemoryAmounts = Readonly<Partial<Record<MemoryAmount, number | undefined>>>

/** The amounts that are known, without the others. */
export function knownAmounts(amounts: MemoryAmounts): { [Amount in MemoryAmount]?: number } {
  return Object.fromEntries(
    MEMORY_AMOUNTS.flatMap((name) => (amounts[name] === undefined ? [] : [[name, amounts[name]]])),
  )
}
