import { z } from 'zod'

import { EndpointCheck } from './BackendCheck.ts'
import { FAILURE_CODES } from './FailureCode.ts'
import { LAYERS } from './Layer.ts'

const Recommendation = z.strictObject({ sv: z.string(), en: z.string() })

const LayerFinding = z.strictObject({
  layer: z.enum(LAYERS),
  /** `skipped`: not needed, or not reached because an earlier layer is broken. */
  outcome: z.enum(['ok', 'failed', 'skipped']),
  /** Of the slowest endpoint. 0 when skipped. */
  durationMs: z.number().nonnegative(),
  /** One line per endpoint, technical and language-neutral. */
  evidence: z.array(z.string()),
  code: z.enum(FAILURE_CODES).nullable(),
  recommendation: Recommendation,
})
export type LayerFinding = z.infer<typeof LayerFinding>

/** What `diagnose` answers. */
export const Diagnosis = z.strictObject({
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** `unknown`: nothing is broken here, and there is no endpoint to say more. */
  verdict: z.enum(['ok', 'failed', 'unknown']),
  /** The lowest broken layer, which is the one to mend first. Null unless the verdict is `failed`. */
  firstFailingLayer: z.enum(LAYERS).nullable(),
  code: z.enum(FAILURE_CODES).nullable(),
  /** The one thing to do now, for a person who is no technician. */
  recommendation: Recommendation,
  /** All of `LAYERS`, lowest first. */
  layers: z.array(LayerFinding),
  endpoints: z.array(EndpointCheck),
})
export type Diagnosis = z.infer<typeof Diagnosis>
