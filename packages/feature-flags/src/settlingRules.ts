import type { Implementation, LocalizedText } from '@gradvis/kernel'

import type { Reason, Rule } from './Decision.ts'
import type { FlagRow } from './FlagTable.ts'
import { type Environment, FORCE_LEGACY_VARIABLE } from './parseEnvironment.ts'
import type { ServiceState } from './RolloutState.ts'

/** Everything that rules 1 to 5 look at. None of it depends on the subject, so they are asked once per snapshot. */
export type Facts = Readonly<{
  flag: FlagRow
  environment: Environment
  environmentSwitch: boolean | undefined
  emergencyStop: boolean
  state: ServiceState
  override: Implementation | undefined
  percentageBps: number
  /** When the first phase begins; undefined when the plan does not have the service. */
  startMs: number | undefined
  now: number
}>

type Verdict = Readonly<{ implementation: Implementation; reason: Reason }>

/** What one rule saw, whether that settles the matter, and both in words. */
export type Finding = Readonly<{ rule: Rule; value: string; verdict: Verdict | undefined; text: LocalizedText }>

type Outcome = Omit<Finding, 'rule'>

const legacy = (reason: Reason): Verdict => ({ implementation: 'legacy', reason })
const sideOf = (migrated: boolean): Implementation => (migrated ? 'migrated' : 'legacy')

function forcedLegacy({ environment: { forceLegacy }, emergencyStop }: Facts): Outcome {
  const value = `${FORCE_LEGACY_VARIABLE}=${forceLegacy}, emergencyStop=${emergencyStop}`
  if (forceLegacy)
    return {
      value,
      verdict: legacy('FORCED_LEGACY'),
      text: {
        sv: `${FORCE_LEGACY_VARIABLE} är true: alla tjänster kör legacy.`,
        en: `${FORCE_LEGACY_VARIABLE} is true: every service runs legacy.`,
      },
    }
  if (emergencyStop)
    return {
      value,
      verdict: legacy('FORCED_LEGACY'),
      text: {
        sv: 'Nödstoppet är på: alla tjänster kör legacy.',
        en: 'The emergency stop is on: every service runs legacy.',
      },
    }
  return {
    value,
    verdict: undefined,
    text: { sv: 'Ingen har tvingat fram legacy för alla.', en: 'Nobody has forced everything to legacy.' },
  }
}

const INCIDENTS = {
  security: { sv: 'en säkerhetsincident', en: 'a security incident' },
  gdpr: { sv: 'en GDPR-överträdelse', en: 'a GDPR violation' },
} as const

function incident({ state }: Facts): Outcome {
  const kind = state.incident?.kind
  if (kind === undefined)
    return { value: 'none', verdict: undefined, text: { sv: 'Ingen incident är öppen.', en: 'No incident is open.' } }
  return {
    value: kind,
    verdict: legacy('INCIDENT'),
    text: {
      sv: `Tjänsten är låst till legacy av ${INCIDENTS[kind].sv}.`,
      en: `The service is held on legacy by ${INCIDENTS[kind].en}.`,
    },
  }
}

function override({ override: implementation }: Facts): Outcome {
  if (implementation === undefined)
    return { value: 'none', verdict: undefined, text: { sv: 'Inget test styr tjänsten.', en: 'No test steers it.' } }
  return {
    value: implementation,
    verdict: { implementation, reason: 'OVERRIDE' },
    text: {
      sv: `Ett test har bytt tjänsten till ${implementation}.`,
      en: `A test has swapped the service to ${implementation}.`,
    },
  }
}

function fromEnvironment({ environment: { stage }, environmentSwitch, flag }: Facts): Outcome {
  const variable = flag.environmentVariable
  if (environmentSwitch !== undefined) {
    const implementation = sideOf(environmentSwitch)
    return {
      value: `${variable}=${environmentSwitch}`,
      verdict: { implementation, reason: 'ENVIRONMENT' },
      text: {
        sv: `${variable} är ${environmentSwitch}: alla får ${implementation}.`,
        en: `${variable} is ${environmentSwitch}: everybody gets ${implementation}.`,
      },
    }
  }
  const value = `stage=${stage}`
  if (stage === 'production')
    return {
      value,
      verdict: undefined,
      text: { sv: `${variable} är inte satt; planen gäller.`, en: `${variable} is not set; the plan applies.` },
    }
  return {
    value,
    verdict: { implementation: 'migrated', reason: 'ENVIRONMENT' },
    text: {
      sv: `Miljön ${stage} kör migrated när ${variable} inte är satt.`,
      en: `The stage ${stage} runs migrated while ${variable} is not set.`,
    },
  }
}

function rollout({ state, percentageBps, startMs, now }: Facts): Outcome {
  const begun = startMs !== undefined && now >= startMs
  const value = `percentage=${percentageBps / 100}, rolledBack=${state.rolledBack === true}`
  if (state.rolledBack === true || (state.paused === true && percentageBps === 0 && begun))
    return {
      value,
      verdict: legacy('ROLLED_BACK'),
      text: state.rolledBack
        ? { sv: 'Utrullningen är tillbakarullad.', en: 'The rollout is rolled back.' }
        : { sv: 'Utrullningen är pausad på 0 %.', en: 'The rollout is paused at 0 %.' },
    }
  if (percentageBps === 0) return { value, verdict: legacy('NOT_STARTED'), text: notStarted(startMs, begun) }
  return {
    value,
    verdict: undefined,
    text: { sv: `Utrullningen pågår på ${percentageBps / 100} %.`, en: `The rollout is at ${percentageBps / 100} %.` },
  }
}

function notStarted(startMs: number | undefined, begun: boolean): LocalizedText {
  if (startMs === undefined) return { sv: 'Tjänsten finns inte i planen.', en: 'The service is not in the plan.' }
  if (begun) return { sv: 'Utrullningen står på 0 %.', en: 'The rollout stands at 0 %.' }
  const start = new Date(startMs).toISOString()
  return {
    sv: `Utrullningen har inte börjat (tidigaste start ${start}).`,
    en: `The rollout has not begun (earliest start ${start}).`,
  }
}

const SETTLING_RULES: readonly (readonly [Rule, (facts: Facts) => Outcome])[] = [
  [1, forcedLegacy],
  [2, incident],
  [3, override],
  [4, fromEnvironment],
  [5, rollout],
]

/** Rules 1 to 5 in order. All are asked, also after a match: an explanation shows what each one saw. */
export function askSettlingRules(facts: Facts): readonly Finding[] {
  return SETTLING_RULES.map(([rule, ask]) => {
    const { value, verdict, text } = ask(facts)
    return { rule, value, verdict, text }
  })
}
