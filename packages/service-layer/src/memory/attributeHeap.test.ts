import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { attributeHeap, type HeapNode } from './attributeHeap.ts'

const LEGACY = 'file:///app/packages/backup-service/src/legacy/LegacyBackup.ts'
const MIGRATED = 'file:///app/packages/backup-service/src/migrated/BackupStore.ts'
const OTHER = 'file:///app/packages/webrtc-peer-service/src/migrated/Room.ts'
const SHARED = 'file:///app/packages/backup-service/src/format/Format.ts'
const LIBRARY = 'file:///app/node_modules/archiver/index.js'

const call = (url: string, selfSize: number, ...children: readonly HeapNode[]): HeapNode => ({
  callFrame: { url },
  selfSize,
  children,
})
const owned = (folder: string, implementation: 'legacy' | 'migrated', bytes: number) => ({
  folder,
  implementation,
  bytes,
})

describe('the sampled heap', () => {
  it('counts to the nearest side of a service, what a library allocates for it too', () => {
    const head = call('', 0, call(LEGACY, 1, call(LIBRARY, 10, call(SHARED, 100))), call(MIGRATED, 1000, call('', 5)))
    expect(attributeHeap(head)).toEqual({
      owned: [owned('backup-service', 'legacy', 111), owned('backup-service', 'migrated', 1005)],
      unownedBytes: 0,
    })
  })

  it('counts to the inner side where one calls into another', () => {
    expect(attributeHeap(call(LEGACY, 1, call(MIGRATED, 10, call(OTHER, 100)))).owned).toEqual([
      owned('backup-service', 'legacy', 1),
      owned('backup-service', 'migrated', 10),
      owned('webrtc-peer-service', 'migrated', 100),
    ])
  })

  it('is nobody’s where no side of a service is in the call stack', () => {
    expect(attributeHeap(call('', 1, call(SHARED, 10, call(LIBRARY, 100))))).toEqual({ owned: [], unownedBytes: 111 })
  })

  it('is attributed to the last byte, whatever the calls', () => {
    const { tree } = fc.letrec<{ tree: HeapNode }>((tie) => ({
      tree: fc.record({
        callFrame: fc.record({ url: fc.constantFrom(LEGACY, MIGRATED, OTHER, SHARED, LIBRARY, '') }),
        selfSize: fc.nat(1000),
        children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 3 })),
      }),
    }))
    const total = ({ selfSize, children }: HeapNode): number =>
      children.reduce((sum, child) => sum + total(child), selfSize)
    fc.assert(
      fc.property(tree, (head) => {
        const attribution = attributeHeap(head)
        expect(attribution.owned.reduce((sum, { bytes }) => sum + bytes, attribution.unownedBytes)).toBe(total(head))
      }),
    )
  })
})
