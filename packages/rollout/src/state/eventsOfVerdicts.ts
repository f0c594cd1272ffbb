import type { Verdict } from '../judge/Verdict.ts'
import { rollbackEvents } from './rollbackEvents.ts'
import type { NewEvent, RolloutEvent } from './RolloutEvent.ts'
import type { RolloutStatus } from './RolloutStatus.ts'

/**
 * What is to be appended so that verdicts come true. Rollbacks come first and win: a service that goes back because of
 * another does not also advance. Empty where everything holds.
 */
export function eventsOfVerdicts(
  status: RolloutStatus,
  verdicts: readonly Verdict[],
  { actor, at }: Readonly<{ actor: string; at: number }>,
): readonly NewEvent[] {
  const rollbacks = verdicts.filter(({ action }) => action === 'rollback').flatMap((one) => rollbackOf(status, one, at))
  const gone = new Set(rollbacks.flatMap((event) => ('service' in event ? event.service : [])))
  const others = verdicts.filter(({ service }) => !gone.has(service)).flatMap((one) => eventsOf(status, one))
  return [...withoutRepeats(rollbacks), ...others].map((event) => ({ actor, at, event }))
}

function rollbackOf(status: RolloutStatus, verdict: Verdict, at: number): readonly RolloutEvent[] {
  const { service, guardrail } = verdict
  if (guardrail === undefined) return []
  return rollbackEvents(status, { service, cause: { kind: 'guardrail', guardrail }, at, verdict })
}

/** Two services that go back may share a dependent. A service's own guardrail says more than that of another. */
function withoutRepeats(events: readonly RolloutEvent[]): readonly RolloutEvent[] {
  const chosen = new Map<string, RolloutEvent>()
  for (const event of events) {
    if (event.type !== 'rolled_back') continue
    const before = chosen.get(event.service)
    if (before === undefined || event.cause.kind === 'guardrail') chosen.set(event.service, event)
  }
  return [...chosen.values()]
}

function eventsOf(status: RolloutStatus, verdict: Verdict): readonly RolloutEvent[] {
  const { service, action, next, guardrail } = verdict
  if (action === 'advance' && next) return [{ type: 'phase_entered', service, ...next, verdict }]
  if (action === 'complete') return [{ type: 'completed', service, verdict }]
  if (action === 'pause' && guardrail)
    return [{ type: 'paused', service, cause: { kind: 'guardrail', guardrail }, verdict }]
  const known = status.services[service]?.observed ?? []
  return verdict.guardrails
    .filter(({ id, mode, outcome }) => mode === 'observe' && outcome === 'breached' && !known.includes(id))
    .map(({ id }) => ({ type: 'guardrail_observed', service, guardrail: id, verdict }))
}
