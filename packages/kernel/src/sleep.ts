import type { Clock } from './Clock.ts'

/**
 * Resolves after `delayMs` on the given clock; rejects at once with the signal's reason when it is aborted. Holds the
 * process open meanwhile: somebody is waiting.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const onAbort = () => {
      cancel()
      reject(signal?.reason as Error)
    }
    const wake = () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }
    const cancel = clock.schedule(delayMs, wake, { keepAlive: true })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
