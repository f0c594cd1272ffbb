import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startPostgres } from '@gradvis/rollout-store/testing'

import { aim } from '../harness/aim.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { quantile } from '../harness/quantile.ts'
import { type Arrival, Fleet } from '../ours/fleet/Fleet.ts'
import type { Order } from '../ours/fleet/messages.ts'
import type { Suite, SuiteOptions } from '../Suite.ts'
import type { MeasurementRow } from '../SuiteResult.ts'

type Kind = Readonly<{ name: string; change: Order; undo: Order; rounds: number }>

const KINDS: readonly Kind[] = [
  {
    name: 'force-legacy',
    change: { kind: 'force-legacy', on: true },
    undo: { kind: 'force-legacy', on: false },
    rounds: 60,
  },
  { name: 'automatic rollback', change: { kind: 'break' }, undo: { kind: 'resume' }, rounds: 30 },
]

/** How long a change takes from its decision to the first legacy call in every process of a fleet. */
export const propagationSuite: Suite = async (options) => {
  const postgres = await onPostgres(options)
  const embedded = await onEmbedded(options)
  const all = [...postgres, ...embedded]
  const onPostgresMs = postgres.flatMap(({ delaysMs }) => delaysMs)
  const onEmbeddedMs = embedded.flatMap(({ delaysMs }) => delaysMs)
  const notNext = all.reduce((sum, { notNext: count }) => sum + count, 0)
  return {
    suite: 'propagation',
    aims: [
      aim('propagation_postgres_p99_ms', quantile(onPostgresMs, 0.99), '<=', 250),
      aim('propagation_postgres_max_ms', Math.max(...onPostgresMs), '<=', 1_000),
      aim('propagation_embedded_p99_ms', quantile(onEmbeddedMs, 0.99), '<=', 250),
      aim('propagation_embedded_max_ms', Math.max(...onEmbeddedMs), '<=', 1_000),
      aim('propagation_in_process_calls_not_on_legacy', notNext, '==', 0),
    ],
    detail: {
      measurements: all.map(rowOf),
      ratios: [],
      notes: [
        'From when force-legacy was asked for, or from the verdict that rolled back (its event carries that instant, in whole milliseconds), to the first call that each process’s subject made on legacy. The append to the store is part of it.',
        'Every process calls every 2 ms, so up to 2 ms and the machine’s scheduling are part of every number: 8 processes and the database share its cores.',
        'An automatic rollback is provoked by one process whose migrated side throws at every call; the time until the engine judges (a tick of 500 ms here, 10 s by default) is not propagation and not included.',
        'In process: after execute() has resolved, the very next call is on legacy, in every round.',
        'PostgreSQL commits to the disk (fsync on); no network lies between it and the processes.',
      ],
      p50Ms: Object.fromEntries(all.map(({ name, delaysMs }) => [name, quantile(delaysMs, 0.5)])),
      p99Ms: Object.fromEntries(all.map(({ name, delaysMs }) => [name, quantile(delaysMs, 0.99)])),
      maxMs: Object.fromEntries(all.map(({ name, delaysMs }) => [name, Math.max(...delaysMs)])),
      samples: Object.fromEntries(all.map(({ name, delaysMs }) => [name, delaysMs.length])),
      quick: options.quick,
      machine: describeMachine(),
    },
  }
}

type Measured = Readonly<{ name: string; delaysMs: readonly number[]; notNext: number }>

async function onPostgres(options: SuiteOptions): Promise<readonly Measured[]> {
  await using server = await startPostgres({ durable: true })
  const size = options.quick ? 2 : 8
  // Awaited here: the server must outlive the measurement.
  return await measureFleet(await server.createDatabase(), size, `PostgreSQL, ${size} processes`, options)
}

async function onEmbedded(options: SuiteOptions): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-bench-'))
  const size = options.quick ? 2 : 4
  try {
    return await measureFleet(join(folder, 'rollout.db'), size, `embedded, ${size} processes`, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureFleet(
  location: string,
  size: number,
  where: string,
  { quick, progress }: SuiteOptions,
): Promise<readonly Measured[]> {
  progress(`${where}: starting`)
  const fleet = await Fleet.start(location, size)
  try {
    const measured: Measured[] = []
    for (const { name, change, undo, rounds } of KINDS) {
      progress(`${where}: ${name}`)
      const arrivals: Arrival[] = []
      for (let round = 0; round < (quick ? 2 : rounds); round += 1) {
        arrivals.push(await fleet.measure(round, change))
        await fleet.backToMigrated(round, undo)
      }
      measured.push({
        name: `${name}, ${where}`,
        delaysMs: arrivals.flatMap(({ delaysMs }) => delaysMs),
        notNext: arrivals.filter(({ isNextCallLegacy }) => !isNextCallLegacy).length,
      })
    }
    await fleet.stop()
    return measured
  } finally {
    fleet.kill()
  }
}

function rowOf({ name, delaysMs }: Measured): MeasurementRow {
  const [lowerQuartile, median, upperQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(delaysMs, share))
  return { name, unit: 'ms', median, lowerQuartile, upperQuartile } as MeasurementRow
}
