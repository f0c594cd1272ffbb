import type { Guardrail, Guardrails } from '@gradvis/feature-flags'

import type { ServiceCase } from '../ServiceCase.ts'
import type { GuardrailVerdict } from '../Verdict.ts'

export type GuardrailReading = Omit<GuardrailVerdict, 'id' | 'mode'>

/** How a guardrail reads a case, by its settings in the plan. What follows from a breach is not its business. */
export type ReadGuardrail<Name extends Guardrail> = (one: ServiceCase, settings: Guardrails[Name]) => GuardrailReading
