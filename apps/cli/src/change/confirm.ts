import { cliErrors } from '../cliErrors.ts'
import type { Session } from '../Session.ts'
import type { Line } from '../terminal/Line.ts'
import { YES } from '../texts/changeTexts.ts'

/** Shows what is going to happen and asks. Throws `cli.declined` for every answer that is no yes. */
export async function confirm(preview: readonly Line[], { terminal, texts, signal }: Session): Promise<void> {
  terminal.note(preview)
  const answer = await terminal.ask(texts.text('change.confirm'), signal)
  if (!YES.some((yes) => yes === answer.trim().toLowerCase())) throw cliErrors.create('declined', {})
}
