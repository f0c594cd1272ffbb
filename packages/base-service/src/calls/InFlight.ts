import { CancelScope } from './CancelScope.ts'

/** The calls of a service that have not ended, and the work that they left behind. */
export class InFlight {
  readonly #scopes = new Set<CancelScope>()
  #tracked = 0
  #idle: PromiseWithResolvers<void> | undefined

  /** Every call of `begin` needs one of `end`. */
  begin(outer?: AbortSignal): CancelScope {
    const scope = new CancelScope(outer)
    this.#scopes.add(scope)
    return scope
  }

  end(scope: CancelScope): void {
    scope.close()
    this.#scopes.delete(scope)
    this.#ended()
  }

  /** Work without a scope of its own. */
  track(work: Promise<unknown>): void {
    this.#tracked += 1
    const remove = () => {
      this.#tracked -= 1
      this.#ended()
    }
    work.then(remove, remove)
  }

  cancel(reason: unknown): void {
    for (const scope of this.#scopes) scope.cancel(reason)
  }

  get size(): number {
    return this.#scopes.size + this.#tracked
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    if (this.size === 0) return Promise.resolve()
    this.#idle ??= Promise.withResolvers()
    return this.#idle.promise
  }

  #ended(): void {
    if (this.size > 0) return
    this.#idle?.resolve()
    this.#idle = undefined
  }
}
