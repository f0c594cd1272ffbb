import { LegacyNetworkError } from './LegacyNetworkError.ts'

type Running<T> = { promise: Promise<T>; cancel: () => void; users: number }

/** Lets everybody who asks at the same time wait for the same run, and cancels it when all have left. */
export class LegacySharedRun<T> {
  readonly #name: string
  readonly #begin: () => { promise: Promise<T>; cancel: () => void }
  #running: Running<T> | null = null

  constructor(name: string, begin: () => { promise: Promise<T>; cancel: () => void }) {
    this.#name = name
    this.#begin = begin
  }

  join(abort?: AbortSignal): Promise<T> {
    if (abort?.aborted) return Promise.reject(this.#aborted())
    if (this.#running === null) {
      this.#running = { ...this.#begin(), users: 0 }
    }
    const running = this.#running
    running.users += 1
    return new Promise<T>((resolve, reject) => {
      let hasLeft = false
      const onAbort = () => {
        leave()
        reject(this.#aborted())
      }
      const leave = () => {
        if (hasLeft) return
        hasLeft = true
        abort?.removeEventListener('abort', onAbort)
        this.#leave(running)
      }
      abort?.addEventListener('abort', onAbort, { once: true })
      running.promise.then(
        (result) => {
          leave()
          resolve(result)
        },
        (error: Error) => {
          leave()
          reject(error)
        },
      )
    })
  }

  cancel(): void {
    this.#running?.cancel()
    this.#running = null
  }

  #leave(running: Running<T>): void {
    running.users -= 1
    if (running.users > 0) return
    if (this.#running === running) this.#running = null
    running.cancel()
  }

  #aborted(): LegacyNetworkError {
    return new LegacyNetworkError('ABORTED', this.#name, `${this.#name} was aborted`)
  }
}
