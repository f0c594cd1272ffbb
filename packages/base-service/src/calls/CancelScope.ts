type Listener = (reason: unknown) => void

/**
 * What one call, or one attempt of it, may be cancelled by. A scope and not just an `AbortSignal`: a listener on a signal
 * costs 0.3 µs and a controller 0.1 µs (Node 24), so the one is made only for a caller who gives a signal and the other
 * only for a handler that reads it. Once closed it never cancels.
 */
export class CancelScope {
  readonly #outer: AbortSignal | undefined
  readonly #onOuterAbort: (() => void) | undefined
  #cancelled = false
  #closed = false
  #reason: unknown
  #aborter: AbortController | undefined
  /** Nearly always there is one at most, and it needs no set. */
  #listener: Listener | undefined
  #listeners: Set<Listener> | undefined

  /** Cancelled when `outer` aborts, for its reason. */
  constructor(outer?: AbortSignal) {
    this.#outer = outer
    if (!outer) return
    this.#onOuterAbort = () => this.cancel(outer.reason)
    if (outer.aborted) this.#onOuterAbort()
    else outer.addEventListener('abort', this.#onOuterAbort)
  }

  get cancelled(): boolean {
    return this.#cancelled
  }

  get reason(): unknown {
    return this.#reason
  }

  /** The scope as code outside understands it. Made when it is first asked for. */
  get signal(): AbortSignal {
    if (!this.#aborter) {
      this.#aborter = new AbortController()
      if (this.#cancelled) this.#aborter.abort(this.#reason)
    }
    return this.#aborter.signal
  }

  throwIfCancelled(): void {
    if (this.#cancelled) throw this.#reason
  }

  /** Only the first counts, and none after `close`. */
  cancel(reason: unknown): void {
    if (this.#cancelled || this.#closed) return
    this.#cancelled = true
    this.#reason = reason
    this.#letGo()
    this.#aborter?.abort(reason)
    this.#listener?.(reason)
    for (const listener of this.#listeners ?? []) listener(reason)
  }

  /** Calls once, synchronously; at once when it has been cancelled already. The result takes the listener away. */
  onCancel(listener: Listener): () => void {
    if (this.#cancelled) listener(this.#reason)
    else if (this.#listener) (this.#listeners ??= new Set()).add(listener)
    else this.#listener = listener
    return () => {
      if (this.#listener === listener) this.#listener = undefined
      else this.#listeners?.delete(listener)
    }
  }

  /** The work is over: what goes on (a session) may hold the signal and is not disturbed. */
  close(): void {
    this.#closed = true
    this.#letGo()
  }

  #letGo(): void {
    if (this.#onOuterAbort) this.#outer?.removeEventListener('abort', this.#onOuterAbort)
  }
}
