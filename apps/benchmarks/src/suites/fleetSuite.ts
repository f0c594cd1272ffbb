import { productionFeatureFlags } from '@gradvis/feature-flags'
import { silentLogger } from '@gradvis/kernel'
import {
  type ObservationWindow,
  readAllWindows,
  RolloutController,
  type RolloutStore,
  WindowRecorder,
} from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { startPostgres } from '@gradvis/rollout-store/testing'

import { aim } from '../harness/aim.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { quantile } from '../harness/quantile.ts'
import { createFleetWindows } from '../ours/fleet/createFleetWindows.ts'
import type { Suite, SuiteOptions } from '../Suite.ts'
import type { MeasurementRow } from '../SuiteResult.ts'

const TICK_MS = 10_000
const HOUR_MS = 3_600_000
const SLOTS_PER_DAY = 144
const WRITERS = 8

/** A fleet’s observations of ten seconds, judged by one instance, again and again; then rolled up. */
export const fleetSuite: Suite = async (options) => {
  const [instances, ticks] = options.quick ? [50, 3] : [1_000, 30]
  await using server = await startPostgres({ durable: true })
  const openOne = async () => openRolloutStore(location, { clock: options.clock, logger: silentLogger })
  const location = await server.createDatabase()
  const [store, writer] = [await openOne(), await openOne()]
  try {
    const measured = await judgeTicks(store, writer, { instances, ticks }, options)
    options.progress('roll-up')
    const rolledUp = await rollUp(store, options)
    return result(measured, rolledUp, { instances, ticks }, options)
  } finally {
    await Promise.all([store.close(), writer.close()])
  }
}

type Size = Readonly<{ instances: number; ticks: number }>
type Judged = Readonly<{ tickMs: number[]; writeMs: number[]; rssMiB: number[]; rawBytes: number; windows: number }>
type RolledUp = Readonly<{ rows: number; bytes: number; tookMs: number }>

async function judgeTicks(
  store: RolloutStore,
  writer: RolloutStore,
  { instances, ticks }: Size,
  { clock, progress, collectGarbage }: SuiteOptions,
): Promise<Judged> {
  const instance = 'judge'
  const controller = new RolloutController({
    store,
    clock,
    instance,
    logger: silentLogger,
    random: () => 0.5,
    plan: productionFeatureFlags,
    recorder: new WindowRecorder({ instance, clock }),
    // Ticks are made below, one after each round of writes.
    tickMs: HOUR_MS,
  })
  await controller.start()
  const windowsOf = createFleetWindows(instances, 1)
  const judged: Judged = { tickMs: [], writeMs: [], rssMiB: [], rawBytes: 0, windows: 0 }
  let [rawBytes, windows, startMs] = [0, 0, clock.now() + TICK_MS]
  for (let tick = 0; tick < ticks; tick += 1) {
    progress(`tick ${tick + 1} of ${ticks}`)
    const round = windowsOf(startMs, startMs + TICK_MS)
    startMs += TICK_MS
    judged.writeMs.push(await timed(clock, () => writeAll(writer, round)))
    if (tick === 0) [rawBytes, windows] = [JSON.stringify(round).length, round.flat().length]
    collectGarbage?.()
    judged.tickMs.push(await timed(clock, () => controller.tick()))
    judged.rssMiB.push(process.memoryUsage().rss / 2 ** 20)
    expectAll(controller, (tick + 1) * windows)
  }
  await controller.stop()
  return { ...judged, rawBytes, windows }
}

/** Every instance writes its own windows, in a transaction of its own. */
async function writeAll(store: RolloutStore, round: readonly (readonly ObservationWindow[])[]): Promise<void> {
  const waiting = round.values()
  const write = async () => {
    for (const windows of waiting) await store.writeWindows(windows)
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
}

/** A tick that left observations out has no speed. */
function expectAll(controller: RolloutController, windows: number): void {
  let operations = 0
  for (const { sides } of controller.evidence.services.values())
    for (const side of Object.values(sides)) for (const one of side.values()) operations += one.operations
  if (controller.verdicts.length !== 3 || operations < windows)
    throw new Error(`${controller.verdicts.length} verdicts on ${operations} operations of ${windows} windows`)
}

async function rollUp(store: RolloutStore, { clock }: SuiteOptions): Promise<RolledUp> {
  const tookMs = await timed(clock, () => store.compact(clock.now() + 2 * HOUR_MS))
  const windows = await readAllWindows(store, 0)
  const slots = new Set(windows.map(({ startMs }) => Math.floor(startMs / (HOUR_MS / 6)))).size
  return { rows: windows.length / slots, bytes: JSON.stringify(windows).length / slots, tookMs }
}

async function timed(clock: SuiteOptions['clock'], work: () => Promise<unknown>): Promise<number> {
  const startedMs = clock.monotonicMs()
  await work()
  return clock.monotonicMs() - startedMs
}

function result(judged: Judged, rolledUp: RolledUp, { instances, ticks }: Size, options: SuiteOptions) {
  // The first ticks compile what all others only run.
  const warm = judged.tickMs.slice(Math.min(3, ticks - 1))
  const perDay = { rows: rolledUp.rows * SLOTS_PER_DAY, mebibytes: (rolledUp.bytes * SLOTS_PER_DAY) / 2 ** 20 }
  return {
    suite: 'fleet',
    aims: [
      aim('fleet_tick_median_ms', quantile(warm, 0.5), '<=', 1_000),
      aim('fleet_tick_p95_ms', quantile(warm, 0.95), '<=', 1_000),
    ],
    detail: {
      measurements: [
        rowOf(`a tick of the judge, ${instances} instances`, warm, 'ms'),
        rowOf(`all instances write their windows, ${WRITERS} at a time`, judged.writeMs, 'ms'),
        rowOf('memory of the judging process (RSS)', judged.rssMiB, 'MiB'),
      ],
      ratios: [],
      notes: [
        `${judged.windows} windows a tick: three services, two sides, three or four operations each with a latency sketch. Each instance writes its own in one transaction; commits reach the disk (fsync on).`,
        'A tick writes what the judging instance observed itself, reads the log and all new windows, adds them up, judges, and appends what follows. The benchmark’s writers run in the same process, between ticks; the database shares the machine.',
        'Bytes are those of the stored JSON, without the indexes and row headers of PostgreSQL.',
        'Rolled up: ten-minute rows over all instances. Their size does not depend on the number of instances, and little on the traffic.',
      ],
      windowsPerTick: judged.windows,
      rawBytesPerTick: judged.rawBytes,
      rolledUpRowsPerDay: perDay.rows,
      rolledUpMebibytesPerDay: perDay.mebibytes,
      rollUpMs: rolledUp.tookMs,
      rolledUpWindows: judged.windows * ticks,
      slowestTickMs: Math.max(...judged.tickMs),
      quick: options.quick,
      machine: describeMachine(),
    },
  }
}

function rowOf(name: string, values: readonly number[], unit: string): MeasurementRow {
  const at = (share: number) => quantile(values, share)
  return { name, unit, median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75) }
}
