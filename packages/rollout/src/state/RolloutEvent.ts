import { GUARDRAILS } from '@gradvis/feature-flags'
import { z } from 'zod'

import { VerdictSchema } from '../judge/Verdict.ts'

const name = z.string().min(1).max(200)
const percentageBps = z.int().min(0).max(10_000)
const verdict = VerdictSchema.optional()

export const INCIDENT_KINDS = ['security', 'gdpr'] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Why a rollout was paused or rolled back. */
const CauseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('guardrail'), guardrail: z.enum(GUARDRAILS) }),
  z.strictObject({ kind: z.literal('operator') }),
  /** The service that it depends on was rolled back. */
  z.strictObject({ kind: z.literal('dependency'), service: name }),
])
export type Cause = Readonly<z.output<typeof CauseSchema>>

const EventSchema = z.discriminatedUnion('type', [
  /** `plan` is the plan as it is written; `fingerprint` tells two plans of one revision apart. */
  z.strictObject({ type: z.literal('plan_adopted'), revision: z.int(), fingerprint: name, plan: z.unknown() }),
  z.strictObject({ type: z.literal('phase_entered'), service: name, phase: name, percentageBps, verdict }),
  z.strictObject({ type: z.literal('completed'), service: name, verdict }),
  z.strictObject({ type: z.literal('paused'), service: name, cause: CauseSchema, verdict }),
  /**
   * From a pause: goes on in the same phase; its time and evidence begin anew unless an operator had paused it at the
   * phase's own percentage. From a rollback: begins at the first phase.
   */
  z.strictObject({ type: z.literal('resumed'), service: name }),
  /** Epoch milliseconds until which nobody may resume. */
  z.strictObject({
    type: z.literal('rolled_back'),
    service: name,
    cause: CauseSchema,
    cooldownUntilMs: z.number(),
    verdict,
  }),
  z.strictObject({ type: z.literal('percentage_set'), service: name, percentageBps }),
  z.strictObject({ type: z.literal('emergency_stop_set'), on: z.boolean() }),
  z.strictObject({
    type: z.literal('incident_reported'),
    service: name,
    kind: z.enum(INCIDENT_KINDS),
    severity: z.enum(SEVERITIES),
  }),
  /** Incidents with a higher sequence number than `upTo` stay latched. Absent: every one before this event. */
  z.strictObject({ type: z.literal('incident_released'), service: name, upTo: z.int().optional() }),
  z.strictObject({ type: z.literal('signed_off'), service: name, phase: name, criterion: name }),
  z.strictObject({
    type: z.literal('probe_reported'),
    service: name,
    probe: name,
    passed: z.boolean(),
    /** What the probe saw. Holds no personal data. */
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  /** What a guardrail in mode `observe` would have done. */
  z.strictObject({ type: z.literal('guardrail_observed'), service: name, guardrail: z.enum(GUARDRAILS), verdict }),
])

const RecordSchema = z.strictObject({
  /** 1, 2, 3 … without a gap. */
  sequence: z.int().positive(),
  /** Epoch milliseconds by the clock of whoever wrote it. */
  at: z.number(),
  /** An operator's name, or `engine@<instance>`. */
  actor: name,
  reason: z.string().max(1000).optional(),
})

/** What happened, as it is appended. */
export type RolloutEvent = Readonly<z.output<typeof EventSchema>>
export type RolloutEventType = RolloutEvent['type']
type EventRecord = Readonly<z.output<typeof RecordSchema>>
/** What is appended: the store gives it its sequence number. */
export type NewEvent = Omit<EventRecord, 'sequence'> & Readonly<{ event: RolloutEvent }>
/** One line of the log. */
export type StoredEvent = EventRecord & Readonly<{ event: RolloutEvent }>

const StoredEventSchema = RecordSchema.extend({ event: EventSchema })

/** A line of the log, or undefined for anything that is none. */
export function parseStoredEvent(value: unknown): StoredEvent | undefined {
  const parsed = StoredEventSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
