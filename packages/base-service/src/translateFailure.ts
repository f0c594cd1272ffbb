import { isServiceError } from '@gradvis/kernel'

import type { ErrorTranslation } from './ErrorTranslation.ts'

/**
 * The result of work that reaches out of the service to a place where failures mean something that they mean nowhere
 * else (the caller's files, a hook of the application). Failures of any other meaning belong in the service's own
 * `translate`. ServiceErrors, what comes after the signal's abort, and what the translation does not know stay as they are.
 */
export async function translateFailure<T>(
  work: Promise<T>,
  translate: ErrorTranslation,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (signal?.aborted || isServiceError(error)) throw error
    throw translate(error) ?? error
  }
}
