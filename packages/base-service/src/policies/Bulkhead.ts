import type { CancelScope } from '../calls/CancelScope.ts'
import type { BulkheadPolicy } from './OperationPolicy.ts'

/** As many calls run as fit, as many again may wait, and the next is refused. */
export class BulkheadFull extends Error {}

/**
 * Not cockatiel's (4.0.0): there a cancelled waiter keeps its place in the queue until its turn comes, so that callers
 * who have gone make those who are there be refused, and a newcomer may overtake whoever's turn it is.
 */
export class Bulkhead {
  readonly limits: Readonly<Pick<BulkheadPolicy, 'concurrent' | 'queued'>>
  readonly #waiting = new Set<() => void>()
  #running = 0

  constructor(limits: Bulkhead['limits']) {
    this.limits = limits
  }

  /** Throws `BulkheadFull`, and the scope's reason when that is cancelled before the turn has come. */
  async run<T>(scope: CancelScope, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.limits.concurrent) this.#running += 1
    else await this.#turn(scope)
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  #turn(scope: CancelScope): Promise<void> {
    if (this.#waiting.size >= this.limits.queued) throw new BulkheadFull()
    return new Promise((resolve, reject) => {
      const enter = () => {
        forget()
        resolve()
      }
      this.#waiting.add(enter)
      const forget = scope.onCancel((reason) => {
        this.#waiting.delete(enter)
        reject(reason)
      })
    })
  }

  /** The place is handed on, never put up for whoever is first to take it. */
  #leave(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#running -= 1
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
