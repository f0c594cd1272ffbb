/**
 * Runs work that first waits for its turn and then calls `begin`. Until it has begun, an abort rejects at once with the
 * signal's reason; from then on it is the work's own matter.
 */
export async function rejectsWhileWaiting<T>(signal: AbortSignal, work: (begin: () => void) => Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason as Error)
  const begin = () => signal.removeEventListener('abort', onAbort)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work(begin), aborted])
  } finally {
    begin()
  }
}
