import { isServiceError } from '@gradvis/kernel'

/** What may be logged of an error: its stable code, else the name of its class. Messages may hold anything. */
export function codeOf(error: unknown): string {
  if (isServiceError(error)) return error.code
  return error instanceof Error ? error.name : typeof error
}
