import { scheduler } from 'node:timers/promises'

type Waiting<Item> = Readonly<{ item: Item; resolve: () => void; reject: (error: unknown) => void }>

export type GroupLimits = Readonly<{
  /** The most items that one write takes. */
  perWrite: number
  /** The most that wait for a write. */
  waiting: number
}>

/** Joins what waits while a write is under way into the next one: many callers share the cost of one commit. */
export class GroupCommit<Item> {
  readonly limits: GroupLimits
  readonly #write: (items: readonly Item[]) => Promise<void>
  #waiting: Waiting<Item>[] = []
  #isWriting = false
  #latest: Promise<void> = Promise.resolve()

  constructor(write: (items: readonly Item[]) => Promise<void>, limits: GroupLimits) {
    this.limits = limits
    this.#write = write
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.limits.waiting
  }

  /** Settles as the write does that takes the item. */
  add(item: Item): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.push({ item, resolve, reject })
    this.#latest = promise
    if (!this.#isWriting) void this.#writeAll()
    return promise
  }

  /** Resolves when everything that was added so far is written, or was refused. Never rejects. */
  async written(): Promise<void> {
    await this.#latest.catch(() => {})
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true
    // What is recorded in the same turn of the event loop joins the first write already.
    await scheduler.yield()
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.limits.perWrite)
      this.#waiting = this.#waiting.slice(group.length)
      await this.#write(group.map(({ item }) => item)).then(
        () => group.forEach(({ resolve }) => resolve()),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      )
    }
    this.#isWriting = false
  }
}
