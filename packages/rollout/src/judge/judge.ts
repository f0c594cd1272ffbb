import type { Evidence } from '../evidence/Evidence.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { decideAction } from './decideAction.ts'
import { judgeCriteria } from './judgeCriteria.ts'
import { judgeGuardrails } from './judgeGuardrails.ts'
import { type ServiceCase, serviceCase } from './ServiceCase.ts'
import type { Verdict } from './Verdict.ts'

/** `now` in epoch milliseconds. `evidence` must have been gathered with this status. */
export type JudgeInput = Readonly<{ status: RolloutStatus; evidence: Evidence; now: number }>

/**
 * What ought to happen to every service of the adopted plan, and all that it rests on. Pure: the same arguments give the
 * same verdicts, on every instance and in a simulation. Without evidence a service holds; it neither advances nor goes
 * back. Empty before a plan was adopted.
 */
export function judge(input: JudgeInput): readonly Verdict[] {
  return Object.entries(input.status.plan?.services ?? {}).map(([service, plan]) =>
    verdictOf(serviceCase(service, plan, input)),
  )
}

function verdictOf(one: ServiceCase): Verdict {
  const { service, now: at, status } = one
  const judged = { criteria: judgeCriteria(one), guardrails: judgeGuardrails(one) }
  const percentageBps = 'percentageBps' in status ? status.percentageBps : 0
  const phase = one.phase && { phase: one.phase.name }
  return { service, at, ...phase, percentageBps, ...judged, ...decideAction(one, judged) }
}
