import { parsePlan, type PlanData } from '@gradvis/feature-flags'

const MINUTE_MS = 60_000

export type Acceleration = Readonly<{
  /** How many times faster than planned: 8640 makes ten seconds of a day. */
  factor: number
  /** Epoch milliseconds at which the earliest phase of all begins. */
  firstStartMs: number
  /** A time within which an error rate must stay too high is never shorter: judged less often, it could not be seen. */
  leastSustainedMs: number
}>

/**
 * The same plan with its first start shifted and every duration divided. Limits, evidence and percentages stay as they
 * are: a gate that needs 598 operations needs 598 operations. Throws `flags.…` for a plan that is wrong.
 */
export function acceleratePlan(plan: PlanData, acceleration: Acceleration): PlanData {
  const { factor, firstStartMs, leastSustainedMs } = acceleration
  const parsed = parsePlan(plan)
  const originMs = calendarStartMs(plan)
  // Both ends of every phase through the same rounding: one that touched the next still does.
  const instant = (ms: number) => new Date(firstStartMs + Math.round((ms - originMs) / factor)).toISOString()
  const services = Object.entries(plan.services).map(([service, written]) => {
    const known = parsed.services[service]
    const minutes = (known?.guardrails['error-rate-sustained'].minutes ?? 0) / factor
    const sustained = { minutes: Math.max(minutes, leastSustainedMs / MINUTE_MS) }
    const phases = written.phases.map(({ days: _days, ...phase }, index) => {
      const { startMs = 0, endMs = 0 } = known?.phases[index] ?? {}
      return { ...phase, start: instant(startMs), end: instant(endMs) }
    })
    const own = written.guardrails
    const guardrails = { ...own, 'error-rate-sustained': { ...own?.['error-rate-sustained'], ...sustained } }
    return [service, { ...written, phases, guardrails }]
  })
  const cooldownMinutes = parsed.cooldownMs / MINUTE_MS / factor
  return { ...plan, cooldownMinutes, services: Object.fromEntries(services) as PlanData['services'] }
}

/** Epoch milliseconds of the earliest start of a plan. */
export function calendarStartMs(plan: PlanData): number {
  return Math.min(...phasesOf(plan).map(({ startMs }) => startMs))
}

/** Epoch milliseconds of the latest end of a plan. */
export function calendarEndMs(plan: PlanData): number {
  return Math.max(...phasesOf(plan).map(({ endMs }) => endMs))
}

function phasesOf(plan: PlanData) {
  return Object.values(parsePlan(plan).services).flatMap(({ phases }) => phases)
}
