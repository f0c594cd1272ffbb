import type { CancelScope } from '../calls/CancelScope.ts'

/**
 * Runs work that first waits for its turn and then calls `begin`. Until it has begun, a cancellation rejects at once with
 * the scope's reason; from then on it is the work's own matter.
 */
export async function rejectsWhileWaiting<T>(scope: CancelScope, work: (begin: () => void) => Promise<T>): Promise<T> {
  const { promise: cancelled, reject } = Promise.withResolvers<never>()
  const begin = scope.onCancel(reject)
  try {
    return await Promise.race([work(begin), cancelled])
  } finally {
    begin()
  }
}
