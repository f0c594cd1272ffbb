import { WINDOW_MS, WINDOWS_PER_MINUTE } from './FaultStream.ts'
import type { LatencyCell } from './cells.ts'
import { LatencyWatch } from './LatencyWatch.ts'
import { poissonSampler } from './poissonSampler.ts'
import { isHigh } from './rivals/kayentaJudge.ts'
import { NaiveMeans } from './rivals/NaiveMeans.ts'

export const LATENCY_RULES = ['ours', 'means of 5 minutes', 'Kayenta, hourly'] as const
type LatencyRule = (typeof LATENCY_RULES)[number]

const MEDIAN_MS = 50
const MINUTES_PER_HOUR = 60

/** By rule, the migrated side's operations until it rolls back; undefined where it does not in the phase. */
export type LatencyOutcome = Readonly<Record<LatencyRule, number | undefined>>

/** One phase, as many operations on both sides, until every rule has rolled back or the phase is over. */
export function runLatencyPhase(cell: LatencyCell, random: () => number): LatencyOutcome {
  const found = new Map<LatencyRule, number>()
  const watch = new LatencyWatch()
  const naive = new NaiveMeans()
  const minutes = { migrated: new Minutes(), legacy: new Minutes() }
  const call = caller(cell, random)
  let operations = 0
  for (let window = 0; window < cell.windows && found.size < LATENCY_RULES.length; window++) {
    const isWatched = !found.has('ours')
    for (const side of SIDES) {
      const calls = call.arrivals()
      if (side === 'migrated') operations += calls
      for (let index = 0; index < calls; index++) {
        const durationMs = call.durationMs(side)
        minutes[side].add(durationMs)
        if (isWatched) watch.record(side, durationMs)
      }
    }
    const roll = (rule: LatencyRule, isWorse: () => boolean) => {
      if (!found.has(rule) && isWorse()) found.set(rule, operations)
    }
    roll('ours', () => watch.isWorse)
    if ((window + 1) % WINDOWS_PER_MINUTE !== 0) continue
    const [migrated, legacy] = [minutes.migrated.close(), minutes.legacy.close()]
    const isWorse = naive.isWorse(migrated, legacy)
    roll('means of 5 minutes', () => isWorse)
    if ((window + 1) % (WINDOWS_PER_MINUTE * MINUTES_PER_HOUR) !== 0) continue
    roll('Kayenta, hourly', () => isHigh(minutes.migrated.lastHour(), minutes.legacy.lastHour()))
  }
  return Object.fromEntries(LATENCY_RULES.map((rule) => [rule, found.get(rule)])) as LatencyOutcome
}

const SIDES = ['migrated', 'legacy'] as const

function caller({ operationsPerSecond, times, sigma }: LatencyCell, random: () => number) {
  const normal = normals(random)
  const scale = { migrated: times * MEDIAN_MS, legacy: MEDIAN_MS }
  return {
    /** As many on either side in a window, on average. */
    arrivals: poissonSampler((operationsPerSecond * WINDOW_MS) / 2000, random),
    durationMs: (side: 'migrated' | 'legacy') => scale[side] * Math.exp(sigma * normal()),
  }
}

/** What a metrics store would keep: count and sum of each minute. */
class Minutes {
  readonly #means: number[] = []
  #count = 0
  #sum = 0

  add(durationMs: number): void {
    this.#sum += durationMs
    this.#count++
  }

  close(): Readonly<{ count: number; sum: number }> {
    const minute = { count: this.#count, sum: this.#sum }
    if (this.#count > 0) this.#means.push(this.#sum / this.#count)
    ;[this.#count, this.#sum] = [0, 0]
    return minute
  }

  lastHour(): readonly number[] {
    return this.#means.slice(-MINUTES_PER_HOUR)
  }
}

/** Two for the price of one. Source: G. Box and M. Muller, Annals of Mathematical Statistics 29(2), 1958. */
function normals(random: () => number): () => number {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log1p(-random()))
    const angle = 2 * Math.PI * random()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}
