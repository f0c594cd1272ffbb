import type { Clock } from '@gradvis/kernel'

/** Whether the work ends, well or badly, before `limitMs` have passed on the clock. */
export function endsWithin(clock: Clock, work: Promise<unknown>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(limitMs, () => resolve(false))
    const ended = () => {
      cancel()
      resolve(true)
    }
    work.then(ended, ended)
  })
}
