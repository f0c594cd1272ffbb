import type { Guardrail } from '@gradvis/feature-flags'
import type { LocalizedText } from '@gradvis/kernel'

import { nextPhaseOf } from '../state/nextPhaseOf.ts'
import { blockersOf } from './blockersOf.ts'
import { percentText } from './numberText.ts'
import type { ServiceCase } from './ServiceCase.ts'
import { standstillOf } from './standstillOf.ts'
import type { Action, Judged } from './Verdict.ts'

export type Decided = Readonly<{
  action: Action
  reasons: readonly LocalizedText[]
  next?: Readonly<{ phase: string; percentageBps: number }>
  guardrail?: Guardrail
}>

/**
 * Guardrails first, before anything that holds: no timer, missing evidence, pause or emergency stop keeps a service from
 * going back. Then whatever stands still, then what is not fulfilled; only what is left moves on.
 */
export function decideAction(one: ServiceCase, judged: Judged): Decided {
  const intervention = interventionOf(one, judged)
  if (intervention !== undefined) return intervention
  const standstill = standstillOf(one)
  if (standstill !== undefined) return { action: 'hold', reasons: [standstill] }
  const blockers = blockersOf(one, judged)
  return blockers.length > 0 ? { action: 'hold', reasons: blockers } : onwards(one)
}

/** Rollback before pause; incidents before measurements, because they need no evidence. */
function interventionOf({ status }: ServiceCase, { guardrails }: Judged): Decided | undefined {
  if (status.status === 'rolled-back') return undefined
  for (const mode of status.status === 'paused' ? (['rollback'] as const) : (['rollback', 'pause'] as const)) {
    const breached = guardrails.filter((one) => one.outcome === 'breached' && one.mode === mode)
    const first = breached.find(({ id }) => INCIDENTS.has(id)) ?? breached[0]
    if (first === undefined) continue
    const others = breached.filter((other) => other !== first).map(({ text }) => text)
    return { action: mode, reasons: [first.text, ...others], guardrail: first.id }
  }
  return undefined
}

const INCIDENTS: ReadonlySet<Guardrail> = new Set(['security-incident', 'gdpr-violation'])

function onwards({ status, plan }: ServiceCase): Decided {
  const next = nextPhaseOf(status, plan)
  if (next === undefined) return { action: 'complete', reasons: [COMPLETE] }
  const { name, percentageBps } = next
  const isFirst = status.status === 'waiting'
  const [sv, en] = [percentText(percentageBps / 10_000, 'sv'), percentText(percentageBps / 10_000, 'en')]
  const reason = {
    sv: `${isFirst ? 'Utrullningen börjar' : 'Allt är uppfyllt'}: fasen ${name} med ${sv}.`,
    en: `${isFirst ? 'The rollout begins' : 'Everything is met'}: phase ${name} at ${en}.`,
  }
  return { action: 'advance', reasons: [reason], next: { phase: name, percentageBps } }
}

const COMPLETE: LocalizedText = {
  sv: 'Den sista fasen har varat sin tid och allt är uppfyllt: utrullningen är klar.',
  en: 'The last phase has lasted its time and everything is met: the rollout is complete.',
}
