import { getRandomValues } from 'node:crypto'

import { seededRandom } from '@gradvis/rollout'

/** A generator of numbers from 0 up to 1, another stream in every process. For jitter. */
export function systemRandom(): () => number {
  const [seed = 0] = getRandomValues(new Uint32Array(1))
  return seededRandom(seed)
}
