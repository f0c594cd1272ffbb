import { type Criterion, type Guardrail, GUARDRAILS, type Guardrails } from '@gradvis/feature-flags'

import { formatRatio, formatShare } from '../terminal/format.ts'
import type { Texts } from '../texts/cliMessages.ts'

type Evidence = Criterion['evidence']
type EvidenceOf<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>
type Context = Readonly<{ service: string; id: string; texts: Texts }>

/** What a criterion asks for, in numbers, or what has to be done for it. */
export function criterionLimit(service: string, { id, evidence }: Criterion, texts: Texts): string {
  const limit = CRITERIA[evidence.kind] as (evidence: Evidence, context: Context) => string
  const operations = 'operations' in evidence ? evidence.operations : undefined
  const where = operations ? ` ${texts.text('plan.in_operations', { operations: operations.join(', ') })}` : ''
  return limit(evidence, { service, id, texts }) + where
}

const CRITERIA = {
  'error-rate': ({ belowPercent }, { texts }) =>
    texts.text('plan.limit_error_rate', { limit: formatShare(belowPercent / 100, texts.language) }),
  'latency-ratio': ({ atMost }, { texts }) =>
    texts.text('plan.limit_latency', { limit: formatRatio(atMost, texts.language) }),
  'cache-hits': ({ atLeastPercent }, { texts }) =>
    texts.text('plan.limit_cache', { limit: formatShare(atLeastPercent / 100, texts.language) }),
  'no-incident': ({ incident }, { texts }) => texts.text('plan.limit_incident', { kind: incident }),
  'no-memory-growth': (_evidence, { texts }) => texts.text('plan.limit_memory'),
  probe: (_evidence, { id, texts }) => texts.text('plan.limit_probe', { id }),
  'sign-off': (_evidence, { service, id, texts }) => texts.text('plan.limit_sign_off', { service, id }),
} satisfies { readonly [Kind in Evidence['kind']]: (evidence: EvidenceOf<Kind>, context: Context) => string }

/** Every guardrail with its mode and what trips it. */
export function guardrailLimits(guardrails: Guardrails, texts: Texts) {
  return GUARDRAILS.map((name) => ({ name, mode: guardrails[name].mode, limit: TRIPS[name](guardrails, texts) }))
}

const TRIPS: Readonly<Record<Guardrail, (guardrails: Guardrails, texts: Texts) => string>> = {
  'error-rate-sustained': ({ 'error-rate-sustained': { minutes, rule } }, texts) =>
    texts.text('plan.guard_sustained', { minutes, rule }),
  'error-rate-early': (_all, texts) => texts.text('plan.guard_early'),
  latency: ({ latency: { maxIncreasePercent } }, texts) =>
    texts.text('plan.guard_latency', { percent: formatShare(maxIncreasePercent / 100, texts.language) }),
  'security-incident': (_all, texts) => texts.text('plan.guard_incident'),
  'gdpr-violation': (_all, texts) => texts.text('plan.guard_incident'),
  'memory-growth': (_all, texts) => texts.text('plan.guard_memory'),
}
