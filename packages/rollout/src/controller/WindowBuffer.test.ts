import { describe, expect, it } from 'vitest'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { MemoryStore } from '../testing/MemoryStore.ts'
import { WindowBuffer } from './WindowBuffer.ts'

const counts = { faults: 0, rescued: 0, refused: 0, cancelled: 0, cacheHits: 0, codes: {} }
const window = (index: number, implementation: 'legacy' | 'migrated' = 'migrated'): ObservationWindow => ({
  instance: 'one',
  service: 'BackupService',
  implementation,
  startMs: index * 10,
  endMs: index * 10 + 10,
  operations: { createBackup: { ...counts, operations: 1 } },
})
const operationsIn = (windows: readonly ObservationWindow[]) =>
  windows.reduce((sum, { operations }) => sum + (operations['createBackup']?.operations ?? 0), 0)

describe('windows on their way to the store', () => {
  it('are handed over once', async () => {
    const store = new MemoryStore()
    const buffer = new WindowBuffer(store)
    buffer.add([window(0), window(1)])
    await buffer.flush()
    expect([store.windows.length, buffer.size]).toEqual([2, 0])
  })

  it('wait while the store is away, in bounded memory, and lose no count', async () => {
    const store = new MemoryStore()
    const buffer = new WindowBuffer(store)
    store.failure = new Error('away')
    for (let index = 0; index < 5_000; index++) {
      buffer.add([window(index), window(index, 'legacy')])
      await expect(buffer.flush()).rejects.toThrow('away')
      expect(buffer.size).toBeLessThanOrEqual(602)
    }
    store.failure = undefined
    await buffer.flush()
    expect(operationsIn(store.windows)).toBe(10_000)
    expect(buffer.size).toBe(0)
  })

  it('are handed over again unchanged when the answer was lost, so that nothing is counted twice', async () => {
    const store = new MemoryStore()
    const buffer = new WindowBuffer(store)
    const write = store.writeWindows.bind(store)
    store.writeWindows = async (windows) => {
      await write(windows)
      throw new Error('connection lost after the commit')
    }
    for (let index = 0; index < 1_000; index++) {
      buffer.add([window(index)])
      await expect(buffer.flush()).rejects.toThrow('connection lost')
    }
    store.writeWindows = write
    await buffer.flush()
    expect(operationsIn(store.windows)).toBe(1_000)
  })
})
