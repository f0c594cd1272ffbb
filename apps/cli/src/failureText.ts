import { isServiceError } from '@gradvis/kernel'

import type { Session } from './Session.ts'
import { knownCode } from './texts/cliMessages.ts'

/** What failed and what to do next, in the language of the session; the bare message of what is no ServiceError. */
export async function failureText(error: unknown, { texts, language }: Session): Promise<string> {
  if (!isServiceError(error)) return error instanceof Error ? error.message : String(error)
  if (knownCode(error.code)) return texts.describeError(error)
  // Loads every service: only for errors that none of the parts of this program has.
  const { createServiceLocalizer } = await import('@gradvis/service-layer')
  return createServiceLocalizer(language).describeError(error)
}
