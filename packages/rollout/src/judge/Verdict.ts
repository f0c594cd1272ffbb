import { GUARDRAIL_MODES, GUARDRAILS } from '@gradvis/feature-flags'
import { z } from 'zod'

export const ACTIONS = ['hold', 'advance', 'complete', 'pause', 'rollback'] as const
export type Action = (typeof ACTIONS)[number]

/** How a criterion is judged, for people: from observations, by a self-test of the service, or by an operator. */
export const CRITERION_SOURCES = ['measured', 'probe', 'sign-off'] as const
export type CriterionSource = (typeof CRITERION_SOURCES)[number]

const TextSchema = z.strictObject({ sv: z.string(), en: z.string() })

/** What was seen and what is allowed; in the unit that `unit` names. Undefined: nothing was seen yet. */
const MeasuredSchema = {
  value: z.number().optional(),
  limit: z.number().optional(),
  unit: z.enum(['share', 'ratio', 'bytes', 'bytes/h', 'count']).optional(),
  /** Operations of the migrated side that it rests on. */
  samples: z.number().optional(),
  /** ln of the e-value, and what it must reach; for tests that are sequential. */
  evidence: z.number().optional(),
  evidenceLimit: z.number().optional(),
  text: TextSchema,
}

const CriterionVerdictSchema = z.strictObject({
  id: z.string(),
  source: z.enum(CRITERION_SOURCES),
  /** `missing`: there is no evidence yet, which holds just as `unmet` does. */
  outcome: z.enum(['met', 'unmet', 'missing']),
  ...MeasuredSchema,
})

const GuardrailVerdictSchema = z.strictObject({
  id: z.enum(GUARDRAILS),
  mode: z.enum(GUARDRAIL_MODES),
  outcome: z.enum(['ok', 'breached', 'no-data']),
  ...MeasuredSchema,
})

export const VerdictSchema = z.strictObject({
  service: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  action: z.enum(ACTIONS),
  phase: z.string().optional(),
  percentageBps: z.number(),
  /** For `advance`: the phase to enter. */
  next: z.strictObject({ phase: z.string(), percentageBps: z.number() }).optional(),
  criteria: z.array(CriterionVerdictSchema).readonly(),
  guardrails: z.array(GuardrailVerdictSchema).readonly(),
  /** Why, one sentence per reason; the first one decided. */
  reasons: z.array(TextSchema).readonly(),
  /** The guardrail that decided, for `pause` and `rollback`. */
  guardrail: z.enum(GUARDRAILS).optional(),
})

export type CriterionVerdict = Readonly<z.output<typeof CriterionVerdictSchema>>
export type GuardrailVerdict = Readonly<z.output<typeof GuardrailVerdictSchema>>
/** What ought to happen to a service now, with everything that it rests on. */
export type Verdict = Readonly<z.output<typeof VerdictSchema>>
/** What a verdict rests on. */
export type Judged = Pick<Verdict, 'criteria' | 'guardrails'>
