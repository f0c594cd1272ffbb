import type { Managed } from '@gradvis/base-service'
import { describe, expect, it } from 'vitest'

import type { __Pascal__Service } from '../__camel__Contract.ts'
import type { EntryStore } from '../EntryStore.ts'
import { createMemoryStore } from './createMemoryStore.ts'

type Create = (store: EntryStore) => Managed<__Pascal__Service>

/** What one side wrote, the other reads and removes: a rollback loses nothing. */
export function describe__Pascal__CrossMatrix(sides: Readonly<Record<'legacy' | 'migrated', Create>>): void {
  const directions = [
    ['legacy', 'migrated'],
    ['migrated', 'legacy'],
  ] as const

  describe.each(directions)('__Pascal__Service: %s wrote, %s goes on', (writer, reader) => {
    it('reads and removes it', async () => {
      const store = createMemoryStore()
      const [before, after] = [sides[writer](store), sides[reader](store)]
      await before.start()
      await before.saveEntry({ name: 'a', text: 'hej' })
      await before.stop()
      await after.start()
      expect(await after.getEntry({ name: 'a' })).toEqual({ name: 'a', text: 'hej' })
      expect(await after.removeEntry({ name: 'a' })).toEqual({ removed: true })
      await after.stop()
    })
  })
}
