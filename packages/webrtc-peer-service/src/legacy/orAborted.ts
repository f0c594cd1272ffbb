import { LegacyPeerError } from './LegacyPeerError.ts'

/** Waits for the work, or throws ABORTED as soon as the caller has had enough. */
export async function orAborted<T>(work: Promise<T>, abort: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new LegacyPeerError('ABORTED'))
    if (abort.aborted) onAbort()
    abort.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (onAbort) abort.removeEventListener('abort', onAbort)
  }
}
