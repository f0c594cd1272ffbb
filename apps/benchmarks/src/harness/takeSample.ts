import type { Clock } from '@gradvis/kernel'

import type { AsyncCase, Case, SyncCase } from './Case.ts'

export type Sampling = Readonly<{ clock: Clock; inputCount: number }>

/** Writing every answer here makes it escape, so the optimiser must compute it. */
const sink: { value: unknown } = { value: undefined }

/**
 * Runs a case `iterations` times over the inputs, starting at the first, and gives the nanoseconds per operation.
 * The loop is shared by all cases on purpose: none gets inlined into it, so each pays the same for being called.
 */
export async function takeSample(one: Case, iterations: number, sampling: Sampling): Promise<number> {
  const loop = one.kind === 'sync' ? syncLoop : asyncLoop
  let elapsedMs = Number.NaN
  const sample = async () => {
    elapsedMs = await loop(one as SyncCase & AsyncCase, iterations, sampling)
  }
  await (one.around ? one.around(sample) : sample())
  if (Number.isNaN(elapsedMs)) throw new Error(`${one.name}: around() resolved before its sample had run`)
  return (elapsedMs * 1e6) / iterations
}

function syncLoop({ run }: SyncCase, iterations: number, { clock, inputCount }: Sampling): number {
  let index = 0
  const startedMs = clock.monotonicMs()
  for (let left = iterations; left > 0; left -= 1) {
    sink.value = run(index)
    index += 1
    if (index === inputCount) index = 0
  }
  return clock.monotonicMs() - startedMs
}

async function asyncLoop({ run }: AsyncCase, iterations: number, { clock, inputCount }: Sampling): Promise<number> {
  let index = 0
  const startedMs = clock.monotonicMs()
  for (let left = iterations; left > 0; left -= 1) {
    sink.value = await run(index)
    index += 1
    if (index === inputCount) index = 0
  }
  return clock.monotonicMs() - startedMs
}
