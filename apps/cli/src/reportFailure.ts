import { isServiceError } from '@gradvis/kernel'

import type { Session } from './Session.ts'
import { knownCode } from './texts/cliMessages.ts'

/** Says a failure: on standard error for people and, where JSON was asked for, as one object on standard output. */
export async function reportFailure(error: unknown, session: Session, json: boolean): Promise<void> {
  const { terminal } = session
  const code = isServiceError(error) ? error.code : null
  const message = await describe(error, session)
  if (json) terminal.printJson({ error: { code, message, params: isServiceError(error) ? error.params : {} } })
  terminal.note(message.split('\n').map((text) => ({ text, style: 'bad' })))
  if (code !== null) terminal.note([{ text: `(${code})`, style: 'dim' }])
}

async function describe(error: unknown, { texts, language }: Session): Promise<string> {
  if (!isServiceError(error)) return error instanceof Error ? error.message : String(error)
  if (knownCode(error.code)) return texts.describeError(error)
  // Loads every service: only for errors that none of the parts of this program has.
  const { createServiceLocalizer } = await import('@gradvis/service-layer')
  return createServiceLocalizer(language).describeError(error)
}
