import type { SignallingMessage } from './SignallingTransport.ts'

/** Keeps the messages of a channel for its listener until there is one, in order. */
export class SignallingInbox {
  #listener: ((message: SignallingMessage) => void) | undefined
  #kept: SignallingMessage[] = []
  #closed = false

  push(message: SignallingMessage): void {
    if (this.#closed) return
    if (this.#listener) this.#listener(message)
    else this.#kept.push(message)
  }

  listen(listener: (message: SignallingMessage) => void): void {
    const kept = this.#kept
    this.#kept = []
    this.#listener = listener
    for (const message of kept) this.push(message)
  }

  close(): void {
    this.#closed = true
    this.#kept = []
  }
}
