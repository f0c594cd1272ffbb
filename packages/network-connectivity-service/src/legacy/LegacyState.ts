import type { LegacySettings } from './LegacyConfig.ts'
import type { LegacyLink } from './LegacyTroubleshooting.ts'
import type { LegacyPingResult } from './LegacyPing.ts'
import { isLocalProblem, type LegacyProblem } from './legacyProblems.ts'

/** `reachable` is null while nothing is known. Times are milliseconds since the epoch. */
export type LegacyAreaState = { reachable: boolean | null; since: number; reason: LegacyProblem | null }

export type LegacyArea = 'link' | 'internet' | 'own'

export type LegacySnapshot = Readonly<Record<LegacyArea, Readonly<LegacyAreaState>>> &
  Readonly<{ polling: boolean; lastPing: number | null }>

/** How many failures, or successes, in a row it takes to believe in an outage, or in its end. */
const NEEDED_IN_A_ROW = 2

/** One area's verdict with its counters. */
export class LegacyAreaTracker {
  #state: LegacyAreaState
  #goodInARow = 0
  #badInARow = 0

  constructor(now: number) {
    this.#state = { reachable: null, since: now, reason: null }
  }

  get state(): LegacyAreaState {
    return { ...this.#state }
  }

  get badInARow(): number {
    return this.#badInARow
  }

  get isFine(): boolean {
    return this.#state.reachable !== false && this.#badInARow === 0
  }

  /** For what is seen directly and needs no second look. */
  observe(reachable: boolean | null, reason: LegacyProblem | null, now: number): void {
    this.#badInARow = reachable === false ? this.#badInARow + 1 : 0
    this.#set(reachable, reason, now)
  }

  #set(reachable: boolean | null, reason: LegacyProblem | null, now: number): void {
    const since = reachable === this.#state.reachable ? this.#state.since : now
    this.#state = { reachable, since, reason }
  }

  addSuccess(now: number): void {
    this.#goodInARow += 1
    this.#badInARow = 0
    const isDown = this.#state.reachable === false
    if (isDown && this.#goodInARow < NEEDED_IN_A_ROW) return
    this.#set(true, null, now)
  }

  addFailure(problem: LegacyProblem, now: number): void {
    this.#badInARow += 1
    this.#goodInARow = 0
    const isDown = this.#state.reachable === false
    if (!isDown && this.#badInARow < NEEDED_IN_A_ROW && !isLocalProblem(problem)) return
    this.#set(false, problem, now)
  }
}

/** What a round of pings says about one area: a problem, null for success, undefined when nobody was asked. */
export function judgeLegacyArea(
  kind: 'own' | 'internet',
  pings: readonly LegacyPingResult[],
  link: LegacyLink,
): LegacyProblem | null | undefined {
  const asked = pings.filter((ping) => ping.kind === kind)
  if (asked.length === 0) return undefined
  const failed = asked.filter((ping) => !ping.up)
  if (failed.length === 0) return null
  // One site that answers proves that the internet is there; of our own servers, all are needed.
  if (kind === 'internet' && failed.length < asked.length) return null
  return link.problem ?? failed[0]?.problem ?? null
}

/** The usual interval while all is well, else a random share of a growing one. */
export function nextLegacyDelay(
  settings: LegacySettings,
  trackers: Readonly<Record<LegacyArea, LegacyAreaTracker>>,
  random: () => number,
): number {
  const areas: LegacyArea[] = ['link']
  if (settings.targets.some((target) => target.kind === 'own')) areas.push('own')
  if (settings.targets.some((target) => target.kind === 'internet')) areas.push('internet')
  if (areas.every((area) => trackers[area].isFine)) return settings.pollEvery
  const failures = Math.max(...areas.map((area) => trackers[area].badInARow))
  return random() * Math.min(settings.retryTo, settings.retryFrom * 2 ** Math.max(0, failures - 1))
}
