import type { Clock } from '@gradvis/kernel'

import { OperationRig, type Timed } from './OperationRig.ts'
import { medianMs, type Pair, pairedRatio } from './pairedRatio.ts'

export type ResponseRatio = Readonly<{
  service: string
  operation: string
  ratio: number
  /** Medians, for a sense of size: the ratio is not their quotient. */
  legacyMs: number
  migratedMs: number
}>

const WARM_UP_ROUNDS = 5
const ROUNDS = 40

/** How many times as long each operation takes on the migrated side, both sides taking turns in this process. */
export async function measureResponseTimes(clock: Clock, rounds = ROUNDS): Promise<readonly ResponseRatio[]> {
  await using rig = await OperationRig.open()
  const legacy = await rig.operationsOf('legacy')
  const migrated = await rig.operationsOf('migrated')
  const ratios: ResponseRatio[] = []
  for (const [index, one] of legacy.entries()) {
    const other = migrated[index] as Timed
    const pairs: Pair[] = []
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
      const pair = await takePair(one, other, round % 2 === 0, clock)
      if (round >= WARM_UP_ROUNDS) pairs.push(pair)
    }
    ratios.push({
      service: one.service,
      operation: one.operation,
      ratio: pairedRatio(pairs),
      legacyMs: medianMs(pairs, 'legacyMs'),
      migratedMs: medianMs(pairs, 'migratedMs'),
    })
  }
  return ratios
}

/** Who goes first alternates, so that neither always meets what the other left warm. */
async function takePair(legacy: Timed, migrated: Timed, legacyFirst: boolean, clock: Clock): Promise<Pair> {
  if (legacyFirst) return { legacyMs: await sample(legacy, clock), migratedMs: await sample(migrated, clock) }
  const migratedMs = await sample(migrated, clock)
  return { legacyMs: await sample(legacy, clock), migratedMs }
}

/** Milliseconds per call. What cleans up after a call is left out; where nothing does, the calls are timed as one. */
async function sample({ calls, run, after }: Timed, clock: Clock): Promise<number> {
  let spentMs = 0
  if (!after) {
    const startedMs = clock.monotonicMs()
    for (let call = 0; call < calls; call += 1) await run()
    return (clock.monotonicMs() - startedMs) / calls
  }
  for (let call = 0; call < calls; call += 1) {
    const startedMs = clock.monotonicMs()
    const result = await run()
    spentMs += clock.monotonicMs() - startedMs
    await after(result)
  }
  return spentMs / calls
}
