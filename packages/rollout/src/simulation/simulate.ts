import { parsePlan, type Plan, type PlanData } from '@gradvis/feature-flags'

import { emptyEvidence, type Evidence } from '../evidence/Evidence.ts'
import { gatherEvidence } from '../evidence/gatherEvidence.ts'
import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { judge } from '../judge/judge.ts'
import type { Verdict } from '../judge/Verdict.ts'
import { emptyStatus } from '../state/emptyStatus.ts'
import { eventsOfCommand } from '../state/eventsOfCommand.ts'
import { eventsOfVerdicts } from '../state/eventsOfVerdicts.ts'
import { foldState } from '../state/foldState.ts'
import type { NewEvent, StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { calendarOf } from './calendarOf.ts'
import { parseScenario } from './parseScenario.ts'
import type { Scenario, ScenarioData } from './Scenario.ts'
import { SimulatedService } from './SimulatedService.ts'
import type { Simulation } from './Simulation.ts'

export type SimulateOptions = Readonly<{
  plan: PlanData
  /** Default: everything is healthy. */
  scenario?: ScenarioData
  /** The same seed gives the same log, on every machine. */
  seed: number
  /** Whether to hand back the windows too, which are many. */
  keepWindows?: boolean
}>

const ENGINE = 'engine@simulation'
const OPERATOR = 'simulation'
const DAY_MS = 86_400_000

/**
 * What would happen: the engine that runs production, over virtual time from the plan's first start, on generated
 * observations, until every service is complete or rolled back or the scenario's time is over. Pure; the seed's calendar
 * of twelve days takes seconds. Throws `flags.…` for a plan that is wrong and `rollout.invalid_scenario`.
 */
export function simulate({
  plan: data,
  scenario: written = {},
  seed,
  keepWindows = false,
}: SimulateOptions): Simulation {
  const plan = parsePlan(data)
  const scenario = parseScenario(written, plan)
  const services = Object.entries(plan.services).map(
    ([service, one]) => new SimulatedService(service, one, { scenario, seed }),
  )
  const { startMs, untilMs } = spanOf(plan, scenario)
  const run = new Run(services)
  run.append(eventsOfCommand(emptyStatus, { type: 'adopt-plan', plan: data }, { actor: ENGINE, at: startMs }))
  let now = startMs
  for (; now <= untilMs && !run.isSettled; now += scenario.tickSeconds * 1000) {
    run.tick({ startMs: now - scenario.tickSeconds * 1000, endMs: now }, keepWindows)
  }
  const { log, status, verdicts, windows, isSettled } = run
  const endMs = now - scenario.tickSeconds * 1000
  return { log, status, calendar: calendarOf(log, verdicts), verdicts, endMs, settled: isSettled, windows }
}

function spanOf({ services }: Plan, { untilMs }: Scenario): Readonly<{ startMs: number; untilMs: number }> {
  const phases = Object.values(services).flatMap((one) => one.phases)
  const startMs = Math.min(...phases.map((phase) => phase.startMs))
  return { startMs, untilMs: untilMs ?? Math.max(...phases.map(({ endMs }) => endMs)) + 2 * DAY_MS }
}

/** A rollout under way in virtual time. */
class Run {
  readonly log: StoredEvent[] = []
  readonly windows: ObservationWindow[] = []
  readonly #services: readonly SimulatedService[]
  status: RolloutStatus = emptyStatus
  verdicts: readonly Verdict[] = []
  #evidence: Evidence = emptyEvidence

  constructor(services: readonly SimulatedService[]) {
    this.#services = services
  }

  get isSettled(): boolean {
    const all = Object.values(this.status.services)
    return all.length > 0 && all.every(({ status }) => status === 'complete' || status === 'rolled-back')
  }

  /** As a controller does it: what was observed since the last tick, then judge and act; then the world goes on. */
  tick(span: Readonly<{ startMs: number; endMs: number }>, keepWindows: boolean): void {
    const { endMs: at } = span
    const windows = this.#services.flatMap((one) => one.windows(this.status, span))
    if (keepWindows) this.windows.push(...windows)
    this.#evidence = gatherEvidence(this.#evidence, windows, this.status)
    this.verdicts = judge({ status: this.status, evidence: this.#evidence, now: at })
    this.append(eventsOfVerdicts(this.status, this.verdicts, { actor: ENGINE, at }))
    for (const service of this.#services) {
      this.append(service.probeReports(this.status, at).map((event) => ({ at, actor: ENGINE, event })))
      for (const command of service.commands(this.status, at))
        this.append(eventsOfCommand(this.status, command, { actor: OPERATOR, at }))
    }
  }

  append(events: readonly NewEvent[]): void {
    const stored = events.map((one, index) => ({ ...one, sequence: this.log.length + 1 + index }))
    this.log.push(...stored)
    this.status = foldState(stored, this.status)
  }
}
