import type { Plan } from '@gradvis/feature-flags'
import { issueText, type Language, type LocalizedText } from '@gradvis/kernel'
import type { z } from 'zod'
import en from 'zod/v4/locales/en.js'
import sv from 'zod/v4/locales/sv.js'

import { rolloutErrors } from '../rolloutErrors.ts'
import { FAULT_VALUES, type Scenario, type ScenarioFault, ScenarioSchema } from './Scenario.ts'

const LONGEST_AFTER_MS = 365 * 86_400_000
const LOCALES = { sv: sv().localeError, en: en().localeError }

/**
 * Reads a scenario as it is written. Throws `rollout.invalid_scenario`, which says where and what, for one that does not
 * fit, a value that its kind of fault cannot have, and, where a plan is given, services and phases that it lacks.
 */
export function parseScenario(data: unknown, plan?: Plan): Scenario {
  const parsed = ScenarioSchema.safeParse(data)
  if (!parsed.success) throw rolloutErrors.create('invalid_scenario', { details: detailsOf(data) })
  const scenario = parsed.data
  const problems = [
    ...scenario.faults.flatMap((fault, index) => valueProblem(fault, `faults.${index}`)),
    ...(plan ? planProblems(scenario, plan) : []),
  ]
  if (problems.length > 0) throw rolloutErrors.create('invalid_scenario', { details: joined(problems) })
  return scenario
}

function valueProblem({ kind, value }: ScenarioFault, path: string): readonly LocalizedText[] {
  const range = FAULT_VALUES[kind]
  if (value === undefined) return []
  if (range === undefined) return [both(path, `${kind} har inget värde`, `${kind} takes no value`)]
  if (value >= range.least && value <= range.most) return []
  const { least, most } = range
  return [
    both(path, `${kind} är ${value}, ska vara ${least}–${most}`, `${kind} is ${value}, must be ${least} to ${most}`),
  ]
}

function planProblems({ services, faults, untilMs }: Scenario, plan: Plan): readonly LocalizedText[] {
  const known = Object.keys(plan.services)
  const places = [
    ...Object.keys(services).map((service) => [`services.${service}`, service] as const),
    ...faults.map(({ service }, index) => [`faults.${index}`, service] as const),
  ]
  const unknown = places.filter(([, service]) => !Object.hasOwn(plan.services, service))
  const list = known.join(', ')
  return [
    ...unknown.map(([path, service]) =>
      both(
        path,
        `tjänsten "${service}" finns inte i planen (${list})`,
        `the plan (${list}) has no service "${service}"`,
      ),
    ),
    ...faults.flatMap((fault, index) => phaseProblem(fault, plan, `faults.${index}`)),
    ...spanProblem(untilMs, plan),
  ]
}

/** Seconds instead of milliseconds would simulate nothing, and an instant far away would never come to an end. */
function spanProblem(untilMs: number | undefined, { services }: Plan): readonly LocalizedText[] {
  const phases = Object.values(services).flatMap((one) => one.phases)
  const startMs = Math.min(...phases.map((phase) => phase.startMs))
  const lastMs = Math.max(...phases.map(({ endMs }) => endMs)) + LONGEST_AFTER_MS
  if (untilMs === undefined || (untilMs >= startMs && untilMs <= lastMs)) return []
  return [
    both(
      'untilMs',
      `${untilMs} ska vara epokens millisekunder, från planens första start till ett år efter dess slut`,
      `${untilMs} must be milliseconds of the epoch, from the plan’s first start to a year after its end`,
    ),
  ]
}

function phaseProblem({ service, from }: ScenarioFault, plan: Plan, path: string): readonly LocalizedText[] {
  const phases = Object.hasOwn(plan.services, service) ? plan.services[service]?.phases : undefined
  if (phases === undefined || from === undefined) return []
  const names = phases.map(({ name }) => name).join(', ')
  if (typeof from === 'string')
    return phases.some(({ name }) => name === from)
      ? []
      : [both(path, `${service} har ingen fas "${from}" (${names})`, `${service} has no phase "${from}" (${names})`)]
  const highest = Math.max(...phases.map(({ percentageBps }) => percentageBps)) / 100
  if (from <= highest) return []
  return [both(path, `${service} når aldrig ${from} %`, `${service} never reaches ${from}%`)]
}

function detailsOf(data: unknown): LocalizedText {
  const inLanguage = (language: Language) => {
    const error: z.core.$ZodErrorMap = (issue) => issueText(issue, language) ?? LOCALES[language](issue)
    return (ScenarioSchema.safeParse(data, { error }).error?.issues ?? [])
      .map(({ path, message }) => `${path.join('.') || '–'}: ${message}`)
      .join('; ')
  }
  return { sv: inLanguage('sv'), en: inLanguage('en') }
}

function both(path: string, swedish: string, english: string): LocalizedText {
  return { sv: `${path}: ${swedish}`, en: `${path}: ${english}` }
}

function joined(texts: readonly LocalizedText[]): LocalizedText {
  return { sv: texts.map((one) => one.sv).join('; '), en: texts.map((one) => one.en).join('; ') }
}
