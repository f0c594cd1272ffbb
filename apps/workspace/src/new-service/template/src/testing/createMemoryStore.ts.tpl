import type { EntryStore } from '../EntryStore.ts'

/** A store for tests. */
export function createMemoryStore(): EntryStore {
  const entries = new Map<string, string>()
  return {
    get: async (name) => entries.get(name),
    set: async (name, text) => void entries.set(name, text),
    delete: async (name) => entries.delete(name),
  }
}
