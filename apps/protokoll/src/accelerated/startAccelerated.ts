import { type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { type Language, systemClock } from '@gradvis/kernel'
import type { ScenarioFault } from '@gradvis/rollout'

import { invalidArguments } from '../invalidArguments.ts'
import { type Protokoll, startProtokoll } from '../startProtokoll.ts'
import { acceleratePlan, calendarStartMs } from './acceleratePlan.ts'
import { runAccelerated } from './runAccelerated.ts'
import type { Summary } from './Summary.ts'
import { Tally } from './Tally.ts'
import type { Timeline } from './timeline/Timeline.ts'

/** Thirty measurements of memory must fit into an accelerated phase of thirty seconds, several ticks in each. */
const TICK_MS = 250
/** Legacy alone, so that the first phase meets a machine that is warm. */
const WARM_UP_MS = 3_000
/** Twenty-four ticks, nearly as many as five minutes have at ten seconds each. */
const LEAST_SUSTAINED_MS = 6_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export type AcceleratedOptions = Readonly<{
  factor: number
  faults: readonly ScenarioFault[]
  subjects: number
  port: number
  data?: string | undefined
  store?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  /** Default: the production plan. */
  plan?: PlanData
  language: Language
  signal: AbortSignal
  random?: () => number
  timeline: (calendarOf: (at: number) => number) => Timeline
}>

export type Accelerated = Readonly<{ protokoll: Protokoll; summary: Summary; timeline: Timeline }>

/**
 * Starts the application with its rollout on an accelerated calendar, and runs that to its end; the application then
 * goes on until it is stopped. When it rejects, everything is stopped already.
 */
export async function startAccelerated(options: AcceleratedOptions): Promise<Accelerated> {
  const { factor, env, subjects, port, data, random = Math.random } = options
  const original = options.plan ?? productionFeatureFlags
  const clock = systemClock
  const firstStartMs = clock.now() + WARM_UP_MS
  const plan = acceleratePlan(original, { factor, firstStartMs, leastSustainedMs: LEAST_SUSTAINED_MS })
  const tally = new Tally()
  // Probes are real work: an accelerated hour would have them run without end.
  const probeIntervalMs = Math.max(HOUR_MS, DAY_MS) / factor
  const rollout = { location: options.store, timing: { tickMs: TICK_MS, pollMs: TICK_MS, probeIntervalMs } }
  const started = { subjects, port, data, env, plan, rollout, observer: tally, logLevel: 'error' as const }
  const protokoll = await startProtokoll(started)
  try {
    const opened = await emptyStoreOf(protokoll)
    const timeline = options.timeline(calendarOf({ original, factor, firstStartMs }))
    const summary = await runAccelerated({
      ...options,
      protokoll,
      plan,
      tally,
      timeline,
      clock,
      random,
      rollout: opened,
    })
    return { protokoll, summary, timeline }
  } catch (error) {
    await protokoll.stop()
    throw error
  }
}

/** A log that has begun follows another plan, whose dates are past or to come. */
async function emptyStoreOf({ rollout }: Protokoll) {
  if (rollout === undefined) throw new Error('the application was started without a rollout')
  if ((await rollout.store.readEvents(0)).length === 0) return rollout
  throw invalidArguments([['--store', 'store_in_use']])
}

function calendarOf(options: Readonly<{ original: PlanData; factor: number; firstStartMs: number }>) {
  const { original, factor, firstStartMs } = options
  const originMs = calendarStartMs(original)
  return (at: number) => originMs + (at - firstStartMs) * factor
}
