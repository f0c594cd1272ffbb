import { type Disposer, TypedEvents } from '@gradvis/kernel'

import type { RecordedRoom } from '../media/recording/RecordedRoom.ts'

/** A room that a test fills and empties. */
export class TestRoom implements RecordedRoom {
  readonly #present = new Set<string>()
  readonly #events = new TypedEvents<{ changed: undefined }>((error) => {
    throw error
  })

  constructor(...present: readonly string[]) {
    for (const key of present) this.#present.add(key)
  }

  present(): readonly string[] {
    return [...this.#present]
  }

  onChanged(listener: () => void): Disposer {
    return this.#events.on('changed', listener)
  }

  get listenerCount(): number {
    return this.#events.listenerCount('changed')
  }

  join(key: string): void {
    this.#present.add(key)
    this.#events.emit('changed', undefined)
  }

  leave(key: string): void {
    this.#present.delete(key)
    this.#events.emit('changed', undefined)
  }
}
