import type { Implementation } from '@gradvis/kernel'

import { type HeapOwner, heapOwnerOf } from './heapOwnerOf.ts'

/** A call and what it has allocated that is alive, as the sampling heap profiler of V8 tells it. */
export type HeapNode = Readonly<{
  callFrame: Readonly<{ url: string }>
  /** Bytes, scaled up from the samples. */
  selfSize: number
  children: readonly HeapNode[]
}>

type OwnedBytes = Readonly<{ folder: string; implementation: Implementation; bytes: number }>

/** `unownedBytes`: of shared code, of the application, and of what a library allocates in a callback of its own. */
export type HeapAttribution = Readonly<{ owned: readonly OwnedBytes[]; unownedBytes: number }>

/**
 * Adds the sampled heap up by owner: the nearest call, from the allocating one outwards, that is the code of one side of
 * a service. So what a library allocates for a service counts to the service.
 */
export function attributeHeap(head: HeapNode): HeapAttribution {
  const sums = new Map<string, OwnedBytes>()
  const owners = new Map<string, HeapOwner | undefined>()
  let unownedBytes = 0

  const ownerOf = (url: string) => {
    if (!owners.has(url)) owners.set(url, heapOwnerOf(url))
    return owners.get(url)
  }
  const visit = ({ callFrame, selfSize, children }: HeapNode, outer: HeapOwner | undefined): void => {
    const owner = ownerOf(callFrame.url) ?? outer
    if (owner === undefined) unownedBytes += selfSize
    else {
      const key = `${owner.folder} ${owner.implementation}`
      sums.set(key, { ...owner, bytes: (sums.get(key)?.bytes ?? 0) + selfSize })
    }
    for (const child of children) visit(child, owner)
  }
  visit(head, undefined)
  return { owned: [...sums.values()], unownedBytes }
}
