import { parsePlan, type PlanData } from '@gradvis/feature-flags'
import type { Clock, Language, LocalizedText } from '@gradvis/kernel'
import {
  type Command,
  type CriterionVerdict,
  numberText,
  type RolloutController,
  type ServiceStatus,
  type Verdict,
} from '@gradvis/rollout'

/** How the demonstration's operator signs. */
export const OPERATOR = 'demonstration'

type Controller = Pick<RolloutController, 'status' | 'verdicts' | 'execute'>

export type OperatorOptions = Readonly<{
  plan: PlanData
  clock: Clock
  language: Language
  /** How long after a phase's planned time an operator loses patience. */
  patienceMs: number
}>

/**
 * Does by hand what a program cannot: signs off what only people can judge, half-way through a phase, and promotes a
 * service whose gate is not met long after its time, saying so in the recorded reason. Never over a guardrail, a failed
 * self-test, an incident or an error rate.
 */
export class Operator {
  readonly #options: OperatorOptions
  readonly #phases: ReturnType<typeof parsePlan>['services']

  constructor(options: OperatorOptions) {
    this.#options = options
    this.#phases = parsePlan(options.plan).services
  }

  /** Looks at every service once. Rejects where the store does; a command that came too late is passed over. */
  async look(controller: Controller): Promise<void> {
    for (const verdict of controller.verdicts) {
      const status = controller.status.services[verdict.service]
      if (status?.status !== 'running' || status.phase !== verdict.phase) continue
      const decided = this.#decide(verdict, status)
      for (const [command, reason] of decided) await this.#execute(controller, command, reason)
    }
  }

  #decide(verdict: Verdict, status: Extract<ServiceStatus, { status: 'running' }>): readonly [Command, string][] {
    const { clock, patienceMs, language } = this.#options
    const { service } = verdict
    const phase = this.#phases[service]?.phases.find(({ name }) => name === status.phase)
    if (phase === undefined) return []
    const durationMs = phase.endMs - phase.startMs
    const lastedMs = clock.now() - status.phaseSinceMs
    // The verdict is as old as the last tick; the status is not.
    const unsigned = verdict.criteria.filter(
      ({ id, source, outcome }) =>
        source === 'sign-off' && outcome === 'missing' && !Object.hasOwn(status.signOffs, id),
    )
    if (unsigned.length > 0 && lastedMs >= durationMs / 2)
      return unsigned.map(({ id }) => [{ type: 'sign-off', service, criterion: id }, SIGNED[language]])
    const isLast = this.#phases[service]?.phases.at(-1)?.name === status.phase
    if (isLast || lastedMs < durationMs + patienceMs || !mayBePromoted(verdict)) return []
    return [[{ type: 'promote', service }, promotionReason(verdict, language)]]
  }

  async #execute(controller: Controller, command: Command, reason: string): Promise<void> {
    try {
      await controller.execute(command, { actor: OPERATOR, reason })
    } catch (error) {
      // The engine was faster: the phase is another one already, or the service has gone back.
      if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('rollout.'))) throw error
    }
  }
}

function unfulfilled({ criteria }: Verdict): readonly CriterionVerdict[] {
  return criteria.filter(({ outcome }) => outcome !== 'met')
}

function mayBePromoted(verdict: Verdict): boolean {
  if (verdict.action !== 'hold' || verdict.guardrails.some(({ outcome }) => outcome === 'breached')) return false
  const open = unfulfilled(verdict)
  return (
    open.length > 0 && open.every((one) => one.source === 'measured' && (one.outcome === 'missing' || isHarmless(one)))
  )
}

/** How good, not how safe: a share that is no error rate, and a response time that no guardrail would take for worse. */
function isHarmless({ id, unit, value = 0, limit = 0 }: CriterionVerdict): boolean {
  if (unit === 'ratio') return value <= Math.max(WORST_RATIO, limit)
  return unit === 'share' && !HARMFUL.has(id)
}
const WORST_RATIO = 1.5
const HARMFUL: ReadonlySet<string> = new Set(['error-rate', 'within-threshold'])

function promotionReason(verdict: Verdict, language: Language): string {
  const open = unfulfilled(verdict).map(({ id, value, limit, text }) => {
    const number = (one: number | undefined) => (one === undefined ? '–' : numberText(one, language))
    const bound = language === 'sv' ? 'gräns' : 'limit'
    return `${id} ${number(value)} (${bound} ${number(limit)}): ${text[language]}`
  })
  return `${PROMOTED[language]} ${open.join(' ')}`.slice(0, 1_000)
}

const SIGNED: LocalizedText = {
  sv: 'Demonstrationens operatör godkänner; ingen människa har prövat detta.',
  en: 'Signed off by the demonstration’s operator; no person has examined this.',
}
const PROMOTED: LocalizedText = {
  sv: 'GRINDEN ÄR INTE UPPFYLLD, befordrad för hand:',
  en: 'GATE NOT MET, promoted by hand:',
}
