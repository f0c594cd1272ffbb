import type { Clock } from '@gradvis/kernel'

import type { Case } from './Case.ts'
import { Measurement } from './Measurement.ts'
import { takeSample } from './takeSample.ts'

export type MeasureOptions = Readonly<{
  clock: Clock
  /** How many inputs the cases cycle through: `run` gets an index from 0 up to, not including, this. */
  inputCount: number
  rounds: number
  /** How long one sample of one case should take. A case slower than that is run once per sample. */
  sampleMs: number
  /** How long each case runs before anything counts. */
  warmUpMs: number
  /** Called before each round, so that the first case does not pay for the garbage of the round before. Keep it light. */
  collectGarbage?: () => void
  progress?: (text: string) => void
}>

const WARM_UP_PASSES = 4

/**
 * Measures all cases side by side: in each round every case runs once, in an order that rotates, so that whatever
 * disturbs the machine disturbs all of them. Answers are verified before the first round and after the last.
 */
export async function measure(cases: readonly Case[], options: MeasureOptions): Promise<Measurement> {
  const { rounds, progress, collectGarbage } = options
  progress?.(`verifying ${cases.length} cases`)
  await verify(cases)
  progress?.('warming up')
  const iterations = await calibrate(cases, options)
  const samples = new Map<string, number[]>(cases.map(({ name }) => [name, []]))
  if (samples.size < cases.length) throw new Error('Two cases have the same name')
  for (let round = 0; round < rounds; round += 1) {
    if (round % 10 === 0) progress?.(`round ${round} of ${rounds}`)
    collectGarbage?.()
    for (const one of rotate(cases, round))
      samples.get(one.name)?.push(await takeSample(one, iterations.get(one) as number, options))
  }
  await verify(cases)
  return new Measurement(samples)
}

async function verify(cases: readonly Case[]): Promise<void> {
  for (const one of cases) {
    try {
      await one.verify()
    } catch (cause) {
      throw new Error(`${one.name}: wrong answer`, { cause })
    }
  }
}

/** Warms up all cases in turns and finds how many iterations fill one sample of each. */
async function calibrate(cases: readonly Case[], options: MeasureOptions): Promise<ReadonlyMap<Case, number>> {
  const iterations = new Map<Case, number>()
  // In turns, not one case after the other: the shared loop then meets every case before any count is final.
  for (let pass = 0; pass < WARM_UP_PASSES; pass += 1)
    for (const one of cases) iterations.set(one, await iterationsFor(one, options, options.warmUpMs / WARM_UP_PASSES))
  return iterations
}

async function iterationsFor(one: Case, options: MeasureOptions, warmUpMs: number): Promise<number> {
  let count = 1
  let spentMs = 0
  for (;;) {
    const elapsedMs = ((await takeSample(one, count, options)) * count) / 1e6
    spentMs += elapsedMs
    const isLongEnough = elapsedMs >= options.sampleMs / 2
    if (isLongEnough && spentMs >= warmUpMs) return Math.max(1, Math.round((count * options.sampleMs) / elapsedMs))
    if (!isLongEnough) count *= 2
  }
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  const from = by % items.length
  return [...items.slice(from), ...items.slice(0, from)]
}
