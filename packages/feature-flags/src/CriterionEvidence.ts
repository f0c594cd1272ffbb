import { z } from 'zod'

/** All operations of the service where none are named. */
const operations = z.array(z.string().min(1)).min(1).readonly().optional()

/**
 * How a criterion is judged. Measured: `error-rate`, `latency-ratio`, `cache-hits`, `no-incident`, `no-memory-growth`.
 * `probe`: a self-test of the service's own, run by the engine. `sign-off`: recorded by an operator, with a reason.
 */
export const CriterionEvidenceSchema = z.discriminatedUnion('kind', [
  /** The upper confidence bound of the rate is below this. */
  z.strictObject({ kind: z.literal('error-rate'), belowPercent: z.number().positive().max(100), operations }),
  /** Mean response time of migrated over that of concurrent legacy is at most `atMost`, per operation, with confidence. */
  z.strictObject({
    kind: z.literal('latency-ratio'),
    atMost: z.number().positive(),
    /** A difference of the means below this many milliseconds counts as none. */
    minimumDifferenceMs: z.number().min(0).default(0),
    operations,
  }),
  z.strictObject({ kind: z.literal('cache-hits'), atLeastPercent: z.number().positive().max(100), operations }),
  z.strictObject({ kind: z.literal('no-incident'), incident: z.enum(['security', 'gdpr']) }),
  z.strictObject({ kind: z.literal('no-memory-growth') }),
  /** The probe is registered under the criterion's id. */
  z.strictObject({ kind: z.literal('probe') }),
  z.strictObject({ kind: z.literal('sign-off') }),
])

export type CriterionEvidence = Readonly<z.output<typeof CriterionEvidenceSchema>>
