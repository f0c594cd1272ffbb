import { z } from 'zod'

import { ENDPOINT_ROLES } from './Endpoint.ts'
import { FAILURE_CODES } from './FailureCode.ts'
import { PROBE_LAYERS } from './Layer.ts'

const ProbeStep = z.strictObject({
  layer: z.enum(PROBE_LAYERS),
  ok: z.boolean(),
  durationMs: z.number().nonnegative(),
  /** Technical and language-neutral, such as `127.0.0.1:443`, `TLSv1.3`, `HTTP 204` or `ECONNREFUSED`. Never a URL. */
  evidence: z.string(),
})
export type ProbeStep = z.infer<typeof ProbeStep>

/** One probe of one endpoint. */
export const EndpointCheck = z.strictObject({
  /** The endpoint's configured name. */
  endpoint: z.string(),
  role: z.enum(ENDPOINT_ROLES),
  /** It gave an answer from 200 to 299, with the body that it promises. */
  reachable: z.boolean(),
  /** Of the HTTP answer; null when there was none. */
  statusCode: z.int().nullable(),
  /** Null exactly when `reachable`. */
  errorCode: z.enum(FAILURE_CODES).nullable(),
  durationMs: z.number().nonnegative(),
  /** The layers that were tried, in order. Only the last one can have failed. */
  steps: z.array(ProbeStep),
})
export type EndpointCheck = z.infer<typeof EndpointCheck>

/** What `checkBackend` answers: every configured endpoint, in the order of the configuration. */
export const BackendCheck = z.strictObject({ checkedAt: z.iso.datetime(), endpoints: z.array(EndpointCheck) })
export type BackendCheck = z.infer<typeof BackendCheck>
