import { emptyEvidence, type Evidence } from '../evidence/Evidence.ts'
import { gatherEvidence } from '../evidence/gatherEvidence.ts'
import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { judge } from '../judge/judge.ts'
import type { Action, Verdict } from '../judge/Verdict.ts'
import type { RolloutEvent, RolloutEventType, StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { isEngine } from './isEngine.ts'
import { replayProblem, type ReplayProblem } from './replayProblem.ts'

type Decided = Extract<RolloutEvent, { verdict?: Verdict | undefined }>

/**
 * Judges again wherever the engine decided, from the windows that had ended by then. What one tick decided was decided
 * from the status before all of it. To be told of the events in order.
 */
export class SecondJudge {
  readonly #windows: readonly ObservationWindow[]
  #next = 0
  #evidence: Evidence = emptyEvidence
  #tick: Readonly<{ actor: string; at: number; verdicts: readonly Verdict[] }> | undefined

  constructor(windows: readonly ObservationWindow[]) {
    this.#windows = windows.toSorted((one, other) => one.endMs - other.endMs)
  }

  check(stored: StoredEvent, before: RolloutStatus): readonly ReplayProblem[] {
    const { actor, at, event, sequence } = stored
    if (!isEngine(stored) || !DECISIONS.has(event.type)) {
      this.#tick = undefined
      return []
    }
    if (this.#tick?.actor !== actor || this.#tick.at !== at)
      this.#tick = { actor, at, verdicts: this.#judge(before, at) }
    // A service that goes back because of another, or of an incident, has no verdict of its own.
    if (!isJudged(event)) return []
    const again = this.#tick.verdicts.find(({ service }) => service === event.service)
    const was = event.verdict
    if (again === undefined || (again.action === was.action && again.guardrail === was.guardrail)) return []
    const text = {
      sv: `Dagens motor hade inte gjort som i händelse ${sequence} (${event.service}: ${said(was)}) utan ${said(again)}: ${again.reasons[0]?.sv ?? ''}`,
      en: `Today’s engine would not have done as in event ${sequence} (${event.service}: ${said(was)}) but ${said(again)}: ${again.reasons[0]?.en ?? ''}`,
    }
    return [replayProblem('decided_otherwise', sequence, text)]
  }

  #judge(status: RolloutStatus, now: number): readonly Verdict[] {
    const from = this.#next
    while ((this.#windows[this.#next]?.endMs ?? Infinity) <= now) this.#next++
    this.#evidence = gatherEvidence(this.#evidence, this.#windows.slice(from, this.#next), status)
    return judge({ status, evidence: this.#evidence, now })
  }
}

const DECISIONS: ReadonlySet<RolloutEventType> = new Set([
  'phase_entered',
  'completed',
  'paused',
  'rolled_back',
  'guardrail_observed',
])

function isJudged(event: RolloutEvent): event is Decided & { verdict: Verdict } {
  return 'verdict' in event && event.verdict !== undefined
}

function said({ action, guardrail }: Readonly<{ action: Action; guardrail?: string | undefined }>): string {
  return guardrail === undefined ? action : `${action} (${guardrail})`
}
