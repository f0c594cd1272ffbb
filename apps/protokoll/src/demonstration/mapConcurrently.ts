/**
 * Runs `work` over all items, at most `limit` at a time; rejects with the first failure, after what runs has ended. An
 * abort begins nothing more and lets what runs end, too.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      if (signal?.aborted) return
      const index = next
      next += 1
      results[index] = await work(items[index] as T)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  signal?.throwIfAborted()
  return results
}
