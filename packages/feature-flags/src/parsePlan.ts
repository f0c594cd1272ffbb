import { issueText, type Language, type LocalizedText } from '@gradvis/kernel'
import type { z } from 'zod'
import en from 'zod/v4/locales/en.js'
import sv from 'zod/v4/locales/sv.js'

import { assertPhases } from './assertPhases.ts'
import { deepFreeze } from './deepFreeze.ts'
import { flagErrors } from './flagErrors.ts'
import { FLAGS } from './flags.ts'
import type { FlagTable } from './FlagTable.ts'
import { guardrailsOf } from './Guardrails.ts'
import { type Phase, type PhaseData, type Plan, PlanSchema } from './Plan.ts'
import { resolveDependencies } from './resolveDependencies.ts'
import { unknownService } from './unknownService.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const LOCALES = { sv: sv().localeError, en: en().localeError }

/**
 * Reads a plan as it is written. Throws `flags.invalid_plan` for what does not fit the schema, `flags.unknown_service`
 * for a service without a flag, and `flags.overlapping_phases`, `flags.reversed_dates`,
 * `flags.shrinking_percentage`, `flags.missing_dependency` or `flags.circular_dependency`, naming both places, for a
 * plan that contradicts itself.
 */
export function parsePlan(data: unknown, flags: FlagTable = FLAGS): Plan {
  const parsed = PlanSchema.safeParse(data)
  if (!parsed.success) throw flagErrors.create('invalid_plan', { details: detailsOf(data) })
  const { services, cooldownMinutes, guardrails, ...rest } = parsed.data
  for (const service of Object.keys(services)) if (!Object.hasOwn(flags, service)) throw unknownService(service, flags)
  const dependencies = resolveDependencies(mapValues(services, ({ dependsOn }) => dependsOn))
  return deepFreeze({
    ...rest,
    cooldownMs: cooldownMinutes * MINUTE_MS,
    services: mapValues(services, (written, service) => ({
      phases: toPhases(written.phases, `services.${service}.phases`),
      targeting: written.targeting,
      dependsOn: dependencies[service] ?? [],
      guardrails: guardrailsOf(guardrails, written.guardrails),
    })),
  })
}

function toPhases(written: readonly PhaseData[], path: string): readonly Phase[] {
  const phases = written.map((phase, index) => toPhase(phase, `${path}[${index}]`))
  assertPhases(phases, path)
  return phases
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

function toPhase(phase: PhaseData, path: string): Phase {
  const { name, start, percentage, days, end, errorRateThresholdPercent, gate } = phase
  if ((days === undefined) === (end === undefined)) throw lengthProblem(path)
  const startMs = Date.parse(start)
  return {
    name,
    startMs,
    endMs: end === undefined ? startMs + (days ?? 0) * DAY_MS : Date.parse(end),
    percentageBps: Math.round(percentage * 100),
    errorRateThresholdPercent,
    gate,
  }
}

function lengthProblem(path: string): Error {
  const details = { sv: `${path}: ange antingen days eller end`, en: `${path}: give either days or end` }
  return flagErrors.create('invalid_plan', { details })
}

function detailsOf(data: unknown): LocalizedText {
  const inLanguage = (language: Language) => {
    const error: z.core.$ZodErrorMap = (issue) => issueText(issue, language) ?? LOCALES[language](issue)
    return (PlanSchema.safeParse(data, { error }).error?.issues ?? []).map(describeIssue).join('; ')
  }
  return { sv: inLanguage('sv'), en: inLanguage('en') }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.') || '–'}: ${issue.message}`
}
