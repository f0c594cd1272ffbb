import { type Guardrail, GUARDRAILS } from '@gradvis/feature-flags'

import { errorRateEarly } from './guardrails/errorRateEarly.ts'
import { errorRateSustained } from './guardrails/errorRateSustained.ts'
import type { GuardrailReading, ReadGuardrail } from './guardrails/GuardrailReading.ts'
import { incident } from './guardrails/incident.ts'
import { latency } from './guardrails/latency.ts'
import { memory } from './guardrails/memory.ts'
import type { ServiceCase } from './ServiceCase.ts'
import type { GuardrailVerdict } from './Verdict.ts'

const READERS = {
  'error-rate-sustained': errorRateSustained,
  'error-rate-early': errorRateEarly,
  latency,
  'security-incident': incident('security'),
  'gdpr-violation': incident('gdpr'),
  'memory-growth': memory,
} satisfies { readonly [Name in Guardrail]: ReadGuardrail<Name> }

/** Every guardrail's verdict, whatever the service's status and however long its phase still has to last. */
export function judgeGuardrails(one: ServiceCase): readonly GuardrailVerdict[] {
  return GUARDRAILS.map((id) => judgeGuardrail(one, id))
}

function judgeGuardrail(one: ServiceCase, id: Guardrail): GuardrailVerdict {
  const settings = one.plan.guardrails[id]
  const read = READERS[id] as (one: ServiceCase, settings: object) => GuardrailReading
  return { id, mode: settings.mode, ...read(one, settings) }
}
