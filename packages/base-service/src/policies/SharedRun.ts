import type { CancelScope } from '../calls/CancelScope.ts'
import type { Made, Step } from '../calls/Made.ts'
import type { Progress } from '../CallOptions.ts'
import type { CallAnnotations } from '../Observation.ts'

/** One run that several callers wait for. Each leaves by itself and at once; it is cancelled when the last has left. */
export class SharedRun {
  readonly ended: Promise<unknown>
  readonly #members = new Set<Made>()
  readonly #scope: CancelScope
  readonly #annotations: CallAnnotations = { attempts: 1, cacheHit: false }
  readonly #answer: Promise<unknown>
  #joined = 0

  constructor(input: unknown, scope: CancelScope, step: Step) {
    this.#scope = scope
    const members = this.#members
    const cancelled = {
      get aborted() {
        return scope.cancelled && members.size === 0
      },
    }
    const onProgress = (progress: Progress) => {
      for (const member of members) member.onProgress?.(progress)
    }
    this.#answer = step({ input, scope, cancelled, annotations: this.#annotations, onProgress })
    // Nobody may be left to hear of its failure.
    this.ended = Promise.allSettled([this.#answer])
  }

  /** Whether it still may be joined. */
  get isAlive(): boolean {
    return !this.#scope.cancelled
  }

  /** The answer; a copy for each where there are several, so that none can change another's. */
  async join(made: Made): Promise<unknown> {
    made.scope.throwIfCancelled()
    made.annotations.coalesced = this.#joined > 0
    this.#joined += 1
    this.#members.add(made)
    const { promise: left, reject } = Promise.withResolvers<never>()
    const stay = made.scope.onCancel((reason) => {
      this.#leave(made, reason)
      reject(reason)
    })
    try {
      const answer = await Promise.race([this.#answer, left])
      return this.#joined > 1 ? structuredClone(answer) : answer
    } finally {
      stay()
      made.annotations.attempts = this.#annotations.attempts
    }
  }

  #leave(made: Made, reason: unknown): void {
    this.#members.delete(made)
    if (this.#members.size === 0) this.#scope.cancel(reason)
  }
}
