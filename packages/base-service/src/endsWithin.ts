import type { Clock } from '@gradvis/kernel'

/**
 * Whether the work ends, well or badly, before `limitMs` have passed on the clock. Holds the process open meanwhile: what
 * is to be done afterwards (a service's release, a recording that must go) would not happen otherwise.
 */
export function endsWithin(clock: Clock, work: Promise<unknown>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(limitMs, () => resolve(false), { keepAlive: true })
    const ended = () => {
      cancel()
      resolve(true)
    }
    work.then(ended, ended)
  })
}
