import type { Implementation } from '@gradvis/kernel'

import type { ObservationWindow, OperationWindow } from '../evidence/ObservationWindow.ts'
import { LatencySketch } from '../statistics/LatencySketch.ts'
import { binomial } from './binomial.ts'
import { poisson } from './poisson.ts'
import { standardNormal } from './standardNormal.ts'

/** How one side of a service behaves during one window. */
export type SideBehaviour = Readonly<{
  service: string
  implementation: Implementation
  operationsPerSecond: number
  operations: readonly string[]
  errorRate: number
  medianMs: number
  sigma: number
  cached: ReadonlySet<string>
  cacheHitShare: number
  heldBytes: number | undefined
}>

/** What an instance would have recorded of it from `startMs` to `endMs`. */
export function simulateWindow(
  side: SideBehaviour,
  { startMs, endMs }: Readonly<{ startMs: number; endMs: number }>,
  random: () => number,
): ObservationWindow {
  const { service, implementation, operations, heldBytes } = side
  const mean = (side.operationsPerSecond * (endMs - startMs)) / 1000 / operations.length
  const seen = operations.flatMap((name) => {
    const count = poisson(mean, random)
    return count === 0 ? [] : [[name, operationWindow(side, { name, count }, random)] as const]
  })
  return {
    instance: 'simulation',
    service,
    implementation,
    startMs,
    endMs,
    operations: Object.fromEntries(seen),
    ...(heldBytes !== undefined && { heldBytes }),
  }
}

function operationWindow(
  { errorRate, medianMs, sigma, cached, cacheHitShare }: SideBehaviour,
  { name, count }: Readonly<{ name: string; count: number }>,
  random: () => number,
): OperationWindow {
  const faults = binomial(count, errorRate, random)
  const cacheHits = cached.has(name) ? binomial(count - faults, cacheHitShare, random) : 0
  const latency = new LatencySketch()
  for (let call = faults; call < count; call++) latency.record(medianMs * Math.exp(sigma * standardNormal(random)))
  return {
    operations: count,
    faults,
    rescued: 0,
    refused: 0,
    cancelled: 0,
    cacheHits,
    codes: faults > 0 ? { simulated: faults } : {},
    ...(latency.count > 0 && { latency: latency.toJSON() }),
  }
}
