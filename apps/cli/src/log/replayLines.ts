import type { Replay } from '@gradvis/rollout'

import type { Line } from '../terminal/Line.ts'
import type { Texts } from '../texts/cliMessages.ts'

/** What is wrong with a log, and what is only remarkable. */
export function replayLines({ steps, problems }: Replay, texts: Texts): readonly Line[] {
  const { error = [], note = [] } = Object.groupBy(problems, ({ severity }) => severity)
  const count = steps.length
  const verdict: Line =
    error.length === 0
      ? { text: texts.text('log.consistent', { count }), style: 'good' }
      : { text: texts.text('log.inconsistent', { count, problems: error.length }), style: 'bad' }
  return [
    verdict,
    ...error.map(({ text }) => `  ${text[texts.language]}`),
    ...(note.length === 0 ? [] : [texts.text('log.notes'), ...note.map(({ text }) => `  ${text[texts.language]}`)]),
  ]
}
