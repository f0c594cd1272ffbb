import type { EntryStore } from '../EntryStore.ts'

/** The service as it was before BaseService: move today's code here, unchanged. */
export class Legacy__Pascal__ {
  readonly #store: EntryStore

  constructor(store: EntryStore) {
    this.#store = store
  }

  async put(name: string, text: string): Promise<void> {
    if (name.length === 0 || name.length > 100) throw new RangeError('name must have 1 to 100 characters')
    if (text.length > 10_000) throw new RangeError('text must have at most 10000 characters')
    await this.#store.set(name, text)
  }

  /** Null when there is none. */
  async find(name: string): Promise<string | null> {
    return (await this.#store.get(name)) ?? null
  }

  remove(name: string): Promise<boolean> {
    return this.#store.delete(name)
  }
}
