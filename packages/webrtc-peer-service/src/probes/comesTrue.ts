import type { ProbeScratch } from '@gradvis/base-service'
import type { Disposer } from '@gradvis/kernel'

/** On loopback things happen within milliseconds. */
const PATIENCE_MS = 2_000

/** Whether the condition comes true soon. It is asked now, and whenever `listen` has something to tell. */
export async function comesTrue(
  { context, signal }: ProbeScratch,
  listen: (ask: () => void) => Disposer,
  condition: () => boolean,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const giveUp = () => resolve(false)
  const ask = () => condition() && resolve(true)
  using _listening = listen(ask)
  using _patience = context.clock.schedule(PATIENCE_MS, giveUp)
  signal.addEventListener('abort', giveUp, { once: true })
  ask()
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
