import type { ServiceError } from '@gradvis/kernel'

import { httpErrors, MAX_BODY_KIB } from './httpErrors.ts'

/** What the web framework refuses by itself, by its HTTP status (below 500), in our words. */
export function refusalOf(status: number): ServiceError {
  if (status === 404) return httpErrors.create('not_found', {})
  if (status === 413) return httpErrors.create('body_too_large', { limitKiB: MAX_BODY_KIB })
  if (status === 415) return httpErrors.create('unsupported_media_type', {})
  return httpErrors.create('bad_request', {})
}
