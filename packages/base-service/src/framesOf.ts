import { isServiceError } from '@gradvis/kernel'

/** Where an unexpected error came from, without its message: messages of unknown errors may quote personal data. */
export function framesOf(error: unknown): readonly string[] {
  const cause = isServiceError(error) && error.cause !== undefined ? error.cause : error
  if (!(cause instanceof Error)) return [typeof cause]
  return [cause.name, ...(cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))]
}
