import { isServiceError } from '@gradvis/kernel'

export type RequestCounts = Readonly<{ total: number; failed: number; codes: Readonly<Record<string, number>> }>

/** What users of the application would have noticed: how many requests were made, and how many failed, with what. */
export class Requests {
  #total = 0
  #failed = 0
  readonly #codes = new Map<string, number>()

  get counts(): RequestCounts {
    return { total: this.#total, failed: this.#failed, codes: Object.fromEntries(this.#codes) }
  }

  /** The answer, or undefined for a request that failed. Never rejects. An abort by ourselves is no failure. */
  async count<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
    this.#total += 1
    try {
      return await request()
    } catch (error) {
      if (signal?.aborted) return undefined
      this.#failed += 1
      const code = isServiceError(error) ? error.code : error instanceof Error ? error.name : 'unknown'
      this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1)
      return undefined
    }
  }
}
