import { z } from 'zod'

/**
 * What a breached guardrail does. `observe` records what it would have done; `hold` keeps the phase from ending while
 * the breach lasts; `pause` stops the rollout at its percentage; `rollback` sends everybody back to legacy.
 */
export const GUARDRAIL_MODES = ['observe', 'hold', 'pause', 'rollback'] as const
export type GuardrailMode = (typeof GUARDRAIL_MODES)[number]

const mode = z.enum(GUARDRAIL_MODES)
/** The chance, per phase, of ever acting on a service that is within its limit. */
const alpha = z.number().gt(0).lt(1)

const SCHEMAS = {
  /** The rate is over the phase's threshold at every tick for `minutes` unbroken, and the evidence supports it. */
  'error-rate-sustained': z.strictObject({
    mode,
    minutes: z.number().positive(),
    /** `raw`: the rate alone, as the schedule words it. At low traffic that is a false alarm machine. */
    rule: z.enum(['evidence', 'raw']),
    alpha,
  }),
  /** The evidence that the rate is over the threshold is overwhelming, however short the time. */
  'error-rate-early': z.strictObject({ mode, alpha }),
  /** The mean response time of an operation is worse than that of concurrent legacy by more than this. */
  latency: z.strictObject({
    mode,
    maxIncreasePercent: z.number().positive(),
    /** A difference of the means below this many milliseconds counts as none: cheap calls would trip on noise. */
    minimumDifferenceMs: z.number().min(0),
    alpha,
  }),
  'security-incident': z.strictObject({ mode }),
  'gdpr-violation': z.strictObject({ mode }),
  /** The bytes that the migrated side holds grow without a plateau. */
  'memory-growth': z.strictObject({ mode }),
} as const

export type Guardrail = keyof typeof SCHEMAS
export type Guardrails = { readonly [Name in Guardrail]: Readonly<z.output<(typeof SCHEMAS)[Name]>> }

export const GUARDRAILS = Object.freeze(Object.keys(SCHEMAS) as Guardrail[])

const DEFAULTS: Guardrails = {
  'error-rate-sustained': { mode: 'rollback', minutes: 5, rule: 'evidence', alpha: 0.0001 },
  'error-rate-early': { mode: 'rollback', alpha: 0.0009 },
  latency: { mode: 'rollback', maxIncreasePercent: 50, minimumDifferenceMs: 1, alpha: 0.001 },
  'security-incident': { mode: 'rollback' },
  'gdpr-violation': { mode: 'rollback' },
  'memory-growth': { mode: 'hold' },
}

/** As a plan writes them: only what differs. */
export const GuardrailChangesSchema = z.strictObject({
  'error-rate-sustained': SCHEMAS['error-rate-sustained'].partial().optional(),
  'error-rate-early': SCHEMAS['error-rate-early'].partial().optional(),
  latency: SCHEMAS.latency.partial().optional(),
  'security-incident': SCHEMAS['security-incident'].partial().optional(),
  'gdpr-violation': SCHEMAS['gdpr-violation'].partial().optional(),
  'memory-growth': SCHEMAS['memory-growth'].partial().optional(),
})

export type GuardrailChanges = z.output<typeof GuardrailChangesSchema>

/** The defaults with changes laid over them; the last one wins, setting by setting. */
export function guardrailsOf(...layers: readonly GuardrailChanges[]): Guardrails {
  const merged = GUARDRAILS.map((name) => [name, Object.assign({}, DEFAULTS[name], ...layers.map((one) => one[name]))])
  return Object.fromEntries(merged) as Guardrails
}
