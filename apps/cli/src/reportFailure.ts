import { isServiceError } from '@gradvis/kernel'

import { failureText } from './failureText.ts'
import type { Session } from './Session.ts'

/** Says a failure: on standard error for people and, where JSON was asked for, as one object on standard output. */
export async function reportFailure(error: unknown, session: Session, json: boolean): Promise<void> {
  const { terminal } = session
  const code = isServiceError(error) ? error.code : null
  const message = await failureText(error, session)
  if (json) terminal.printJson({ error: { code, message, params: isServiceError(error) ? error.params : {} } })
  terminal.note(message.split('\n').map((text) => ({ text, style: 'bad' })))
  if (code !== null) terminal.note([{ text: `(${code})`, style: 'dim' }])
}
