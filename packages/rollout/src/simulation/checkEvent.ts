import { parsePlan } from '@gradvis/feature-flags'
import { isServiceError, type LocalizedText, paramText } from '@gradvis/kernel'

import type { Action, Verdict } from '../judge/Verdict.ts'
import type { RolloutEvent, StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { isEngine } from './isEngine.ts'
import { replayProblem, type ReplayProblem } from './replayProblem.ts'

type Folded = Readonly<{ before: RolloutStatus; after: RolloutStatus; last: StoredEvent | undefined }>

/** What is wrong with one event in its place: what came before it, and what folding it did. */
export function checkEvent(stored: StoredEvent, { before, after, last }: Folded): readonly ReplayProblem[] {
  return [
    ...gap(stored, last?.sequence ?? 0),
    ...backwards(stored, last),
    ...unreadablePlan(stored),
    ...ignored(stored, before, after),
    ...verdictProblems(stored),
  ]
}

function gap({ sequence }: StoredEvent, previous: number): readonly ReplayProblem[] {
  if (sequence === previous + 1) return []
  const [first, last] = [previous + 1, sequence - 1]
  const text = {
    sv: `Händelserna ${first}–${last} saknas före händelse ${sequence}.`,
    en: `Events ${first} to ${last} are missing before event ${sequence}.`,
  }
  return [replayProblem('sequence_gap', sequence, text)]
}

function backwards({ sequence, at }: StoredEvent, last: StoredEvent | undefined): readonly ReplayProblem[] {
  if (last === undefined || at >= last.at) return []
  const byMs = last.at - at
  const text = {
    sv: `Händelse ${sequence} är daterad ${byMs} ms före händelse ${last.sequence}. Jämför instansernas klockor.`,
    en: `Event ${sequence} is dated ${byMs} ms before event ${last.sequence}. Compare the clocks of the instances.`,
  }
  return [replayProblem('clock_backwards', sequence, text)]
}

function unreadablePlan({ sequence, event }: StoredEvent): readonly ReplayProblem[] {
  if (event.type !== 'plan_adopted') return []
  try {
    parsePlan(event.plan)
    return []
  } catch (error) {
    const details = detailsOf(error)
    const text = {
      sv: `Planen i händelse ${sequence} går inte att läsa: ${details.sv}`,
      en: `The plan in event ${sequence} cannot be read: ${details.en}`,
    }
    return [replayProblem('plan_unreadable', sequence, text)]
  }
}

function detailsOf(error: unknown): LocalizedText {
  const details = isServiceError(error) ? error.params.details : undefined
  if (details !== undefined) return { sv: paramText(details, 'sv'), en: paramText(details, 'en') }
  const text = error instanceof Error ? error.message : String(error)
  return { sv: text, en: isServiceError(error) ? error.code : text }
}

/** These may say what is so already: an emergency stop is always carried out, and two instances may observe the same. */
const MAY_REPEAT: ReadonlySet<RolloutEvent['type']> = new Set(['emergency_stop_set', 'guardrail_observed'])

function ignored({ sequence, event }: StoredEvent, before: RolloutStatus, after: RolloutStatus) {
  const isApplied =
    after.services !== before.services || after.plan !== before.plan || after.emergencyStop !== before.emergencyStop
  if (isApplied || MAY_REPEAT.has(event.type)) return []
  const text = {
    sv: `Händelse ${sequence} (${event.type}) saknar verkan: läget före den tillåter den inte.`,
    en: `Event ${sequence} (${event.type}) has no effect: the state before it does not allow it.`,
  }
  return [replayProblem('event_ignored', sequence, text)]
}

/** What a verdict must have said for the engine to write an event. */
const DECIDED = {
  phase_entered: 'advance',
  completed: 'complete',
  rolled_back: 'rollback',
  paused: 'pause',
} as const satisfies Partial<Record<RolloutEvent['type'], Action>>

function verdictProblems(stored: StoredEvent): readonly ReplayProblem[] {
  const { sequence, event } = stored
  if (!isEngine(stored) || !isDecision(event)) return []
  const { verdict } = event
  if (verdict === undefined) return needsVerdict(event) ? [missing(sequence, event)] : []
  if (isSaidBy(verdict, event)) return []
  const text = {
    sv: `Händelse ${sequence} (${event.type}, ${event.service}) säger annat än bedömningen som den bygger på: ${verdict.action}, ${verdict.service}.`,
    en: `Event ${sequence} (${event.type}, ${event.service}) says something else than the verdict that it rests on: ${verdict.action}, ${verdict.service}.`,
  }
  return [replayProblem('verdict_contradicts', sequence, text)]
}

type Decision = Extract<RolloutEvent, { type: keyof typeof DECIDED }>

function isDecision(event: RolloutEvent): event is Decision {
  return Object.hasOwn(DECIDED, event.type)
}

/** An incident takes a service back without one, and so does the rollback of what it depends on. */
function needsVerdict(event: Decision): boolean {
  return event.type === 'phase_entered' || event.type === 'completed'
}

function isSaidBy({ service, action, next, guardrail }: Verdict, event: Decision): boolean {
  if (service !== event.service || action !== DECIDED[event.type]) return false
  if (event.type === 'phase_entered') return next?.phase === event.phase && next.percentageBps === event.percentageBps
  return !('cause' in event) || (event.cause.kind === 'guardrail' && event.cause.guardrail === guardrail)
}

function missing(sequence: number, { type, service }: Decision): ReplayProblem {
  return replayProblem('verdict_missing', sequence, {
    sv: `Motorn skrev händelse ${sequence} (${type}, ${service}) utan någon bedömning.`,
    en: `The engine wrote event ${sequence} (${type}, ${service}) without a verdict.`,
  })
}
