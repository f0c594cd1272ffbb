import type { Phase } from '@gradvis/feature-flags'
import type { LocalizedText } from '@gradvis/kernel'

import { nextPhaseOf } from '../state/nextPhaseOf.ts'
import type { ServiceStatus } from '../state/RolloutStatus.ts'
import { lastsUntilMs } from './lastsUntilMs.ts'
import { instantText } from './instantText.ts'
import { percentText } from './numberText.ts'
import type { ServiceCase } from './ServiceCase.ts'
import type { Judged } from './Verdict.ts'

/**
 * All that keeps a waiting or running service where it is, the weightiest first: a breach, a criterion that is not met,
 * time, a dependency, and evidence that is missing still.
 */
export function blockersOf(one: ServiceCase, { criteria, guardrails }: Judged): readonly LocalizedText[] {
  const next = nextPhaseOf(one.status, one.plan)
  if (one.status.status === 'waiting') return [...early(one, next), ...behind(one, next)]
  if (one.phase === undefined) return [NO_PHASE]
  const breached = guardrails.filter(({ mode, outcome }) => mode === 'hold' && outcome === 'breached')
  return [
    ...breached.map(({ text }) => text),
    ...criteria.filter(({ outcome }) => outcome === 'unmet').map(({ text }) => prefixed(UNMET, text)),
    ...tooShort(one, one.phase),
    ...early(one, next),
    ...behind(one, next ?? one.phase),
    ...criteria.filter(({ outcome }) => outcome === 'missing').map(({ text }) => prefixed(MISSING, text)),
  ]
}

function tooShort({ status, now }: ServiceCase, phase: Phase): readonly LocalizedText[] {
  const untilMs = untilOf(status, phase)
  if (now >= untilMs) return []
  const until = instantText(untilMs)
  return [{ sv: `Fasen ${phase.name} varar till ${until}.`, en: `Phase ${phase.name} lasts until ${until}.` }]
}

/** Said only where it is what the service waits for longest: on schedule a phase ends when the next one begins. */
function early({ status, phase, now }: ServiceCase, next: Phase | undefined): readonly LocalizedText[] {
  const untilMs = phase === undefined ? now : Math.max(now, untilOf(status, phase))
  const isSaid = next === undefined || now >= next.startMs || (untilMs > now && next.startMs <= untilMs)
  if (isSaid) return []
  const start = instantText(next.startMs)
  return [
    {
      sv: `Fasen ${next.name} börjar tidigast ${start}.`,
      en: `Phase ${next.name} begins at ${start} at the earliest.`,
    },
  ]
}

function untilOf(status: ServiceStatus, phase: Phase): number {
  return 'phaseSinceMs' in status ? lastsUntilMs(phase, status.phaseSinceMs) : Number.POSITIVE_INFINITY
}

/** A service never runs ahead of what it depends on. */
function behind({ plan, rollout }: ServiceCase, target: Phase | undefined): readonly LocalizedText[] {
  const wantedBps = target?.percentageBps ?? 0
  return plan.dependsOn.flatMap((dependency) => {
    const other = rollout.services[dependency]
    if (other?.status === 'complete' && other.incident === undefined) return []
    const reached = other && 'percentageBps' in other && other.incident === undefined ? other.percentageBps : 0
    if (reached >= wantedBps) return []
    const [sv, en] = [percentText(reached / 10_000, 'sv'), percentText(reached / 10_000, 'en')]
    return [{ sv: `Väntar på ${dependency}, som har ${sv}.`, en: `Waits for ${dependency}, which is at ${en}.` }]
  })
}

function prefixed(prefix: LocalizedText, text: LocalizedText): LocalizedText {
  return { sv: `${prefix.sv} ${text.sv}`, en: `${prefix.en} ${text.en}` }
}

const UNMET: LocalizedText = { sv: 'Inte uppfyllt:', en: 'Not met:' }
const MISSING: LocalizedText = { sv: 'Väntar på bevis:', en: 'Waits for evidence:' }
const NO_PHASE: LocalizedText = {
  sv: 'Planen har inte den fas som tjänsten är i. Anta en plan som har den.',
  en: 'The plan does not have the phase that the service is in. Adopt a plan that has it.',
}
