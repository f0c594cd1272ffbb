import type { LocalizedText } from '@gradvis/kernel'
import { z } from 'zod'

import { CriterionEvidenceSchema } from './CriterionEvidence.ts'
import { GuardrailChangesSchema, type Guardrails } from './Guardrails.ts'

const LocalizedTextSchema = z.strictObject({ sv: z.string().min(1), en: z.string().min(1) })

/** What must be shown before the rollout moves on, by which evidence; the texts are for people. */
const CriterionSchema = z.strictObject({
  id: z.string().min(1),
  ...LocalizedTextSchema.shape,
  evidence: CriterionEvidenceSchema.default({ kind: 'sign-off' }),
})

/** 0 is allowed: lowering a percentage by hand may go all the way down. */
const PercentSchema = z.number().min(0).max(100).multipleOf(0.01)

const PhaseSchema = z.strictObject({
  name: z.string().min(1),
  /** UTC instant, for example `2025-01-10T08:00:00Z`. The phase begins at it, not after it. */
  start: z.iso.datetime(),
  percentage: PercentSchema,
  /** Exactly one of `days` and `end` says how long the phase is planned to last. */
  days: z.number().positive().optional(),
  end: z.iso.datetime().optional(),
  errorRateThresholdPercent: z.number().positive().max(100).optional(),
  gate: z.array(CriterionSchema),
})

const GroupSchema = z.strictObject({
  keys: z.array(z.string().min(1)).default([]),
  attributes: z
    .array(
      z.strictObject({
        attribute: z.string().min(1),
        anyOf: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
      }),
    )
    .default([]),
})

/** `deny` leads to legacy and is asked first, `allow` leads to migrated. */
const TargetingSchema = z.strictObject({ deny: GroupSchema.prefault({}), allow: GroupSchema.prefault({}) })

const HashSchema = z.strictObject({
  id: z.literal('murmur3-32-fractional'),
  /** flagd's version of `fractional`. Another version would move every subject. */
  version: z.literal(2),
  /**
   * Visible ASCII, hashed before the flag key. Empty: answers equal flagd's default bucketing. Otherwise flagd needs
   * the bucketing expression `{"cat": [salt, {"var": "$flagd.flagKey"}, {"var": "targetingKey"}]}`.
   */
  salt: z.string().regex(/^[!-~]*$/),
})

const ServicePlanSchema = z.strictObject({
  phases: z.array(PhaseSchema).min(1),
  targeting: TargetingSchema.optional(),
  /**
   * Services that this one needs migrated: its percentage is never raised above theirs, and it is rolled back with them.
   * Percentages only: each service draws its subjects by itself.
   */
  dependsOn: z.array(z.string().min(1)).default([]),
  /** What differs for this service from the guardrails of the plan. */
  guardrails: GuardrailChangesSchema.prefault({}),
})

export const PlanSchema = z.strictObject({
  /** Raised with every published change. Of two instances with different plans, the higher revision is followed. */
  revision: z.int().min(1).default(1),
  hash: HashSchema,
  /** After a rollback, how long nobody may resume. */
  cooldownMinutes: z.number().min(0).default(30),
  /** Operations of the migrated side that a phase must have seen before it may end, besides its gate. */
  minimumOperations: z.int().min(0).default(100),
  guardrails: GuardrailChangesSchema.prefault({}),
  /** What a phase is for, by its name. */
  goals: z.record(z.string(), LocalizedTextSchema).default({}),
  services: z.record(z.string(), ServicePlanSchema),
})

/** A plan as it is written. */
export type PlanData = z.input<typeof PlanSchema>
export type PhaseData = z.output<typeof PhaseSchema>
export type CriterionData = z.input<typeof CriterionSchema>
export type Criterion = Readonly<z.output<typeof CriterionSchema>>
export type Hash = Readonly<z.output<typeof HashSchema>>
export type Targeting = Readonly<z.output<typeof TargetingSchema>>

/** A phase as it is decided by: instants in epoch milliseconds, `endMs` exclusive, percentage in basis points. */
export type Phase = Readonly<{
  name: string
  startMs: number
  endMs: number
  percentageBps: number
  errorRateThresholdPercent: number | undefined
  gate: readonly Criterion[]
}>

export type ServicePlan = Readonly<{
  phases: readonly Phase[]
  targeting: Targeting | undefined
  /** Every service that must not be behind this one, direct or through others, nearest first. */
  dependsOn: readonly string[]
  guardrails: Guardrails
}>

/** A parsed plan: frozen, in order, free of contradictions. Only `parsePlan` makes one. */
export type Plan = Readonly<{
  revision: number
  hash: Hash
  cooldownMs: number
  minimumOperations: number
  goals: Readonly<Record<string, LocalizedText>>
  services: Readonly<Record<string, ServicePlan>>
}>
