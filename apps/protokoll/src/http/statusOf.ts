import { isServiceError } from '@gradvis/kernel'

/** The HTTP status of a failure. */
export function statusOf(error: unknown): number {
  if (!isServiceError(error)) return 500
  if (error.code === 'service.invalid_input') return 400
  if (error.code.endsWith('not_found')) return 404
  if (error.fault === 'caller') return 409
  return error.retryable ? 503 : 500
}
