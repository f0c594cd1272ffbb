import type { Clock } from '@gradvis/kernel'

import { CancelScope } from './CancelScope.ts'
import { TimedOut } from './TimedOut.ts'

type Limit = Readonly<{
  clock: Clock
  limitMs: number
  outer: CancelScope
  /** Told of the work when it was given up before it had ended. */
  leaveBehind: (work: Promise<unknown>) => void
}>

/**
 * The result of the work, which gets a scope of its own; or `TimedOut` after the limit, or the reason of the outer scope
 * when that is cancelled: then at once, also where the work heeds nothing.
 */
export function within<T>(limit: Limit, work: (inner: CancelScope) => Promise<T>): Promise<T> {
  const { clock, limitMs, outer, leaveBehind } = limit
  return new Promise((resolve, reject) => {
    const inner = new CancelScope()
    const running = work(inner)
    const end = () => {
      stopTimer()
      forget()
    }
    const giveUp = (reason: unknown) => {
      end()
      inner.cancel(reason)
      leaveBehind(running)
      reject(reason)
    }
    // Somebody is waiting for the answer, so the process does not end before it.
    let forget = () => {}
    const stopTimer = clock.schedule(limitMs, () => giveUp(new TimedOut(limitMs)), { keepAlive: true })
    forget = outer.onCancel(giveUp)
    running.then(
      (value) => {
        end()
        resolve(value)
      },
      (error: unknown) => {
        end()
        reject(error)
      },
    )
  })
}
