import {
  type ObservationWindow,
  parseLog,
  readAllWindows,
  replay as replayLog,
  type StoredEvent,
} from '@gradvis/rollout'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput } from '../arguments/inputs.ts'
import type { Problem } from '../arguments/problems.ts'
import { cliErrors } from '../cliErrors.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { replayLines } from '../log/replayLines.ts'
import type { Session } from '../Session.ts'
import { serviceTable } from '../status/serviceTable.ts'
import { emergencyLines } from '../status/statusLines.ts'
import { statusReport } from '../status/StatusReport.ts'
import { readText } from '../store/readText.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

const TOGETHER: Problem = 'not_with_file'

type Recorded = Readonly<{ log: readonly StoredEvent[]; windows?: readonly ObservationWindow[] }>

export const replay = defineVerb({
  name: 'replay',
  summary: {
    sv: 'spela upp en logg och säg var den inte hänger ihop',
    en: 'fold a log again and say where it is inconsistent',
  },
  arguments: [
    {
      name: 'file',
      optional: true,
      text: {
        sv: 'JSON Lines från gradvis export, - för standard in; utan fil lagrets egen logg',
        en: 'JSON Lines of gradvis export, - for standard input; without a file the store’s own log',
      },
    },
  ],
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--judge',
      text: {
        sv: 'bedöm också motorns beslut igen, med de mätningar som lagret har kvar',
        en: 'judge the engine’s decisions again, too, on the observations that the store still has',
      },
    },
  ],
  examples: [
    ['replay log.jsonl', { sv: 'slutar med 1 om loggen inte hänger ihop', en: 'exits with 1 when it is inconsistent' }],
    ['replay - < log.jsonl', { sv: 'från standard in', en: 'from standard input' }],
    ['replay --judge', { sv: 'skulle motorn besluta likadant i dag?', en: 'would the engine decide the same today?' }],
  ],
  input: z
    .strictObject({ ...commonInput, file: z.string().min(1).optional(), judge: z.boolean().default(false) })
    .refine(({ file, judge }) => file === undefined || !judge, { path: ['judge'], error: TOGETHER }),
  run: async ({ file, store, judge, json }, session): Promise<ExitCode> => {
    const { terminal, texts } = session
    const { log, windows } = file === undefined ? await recorded(store, judge, session) : { log: logIn(file) }
    const replayed = replayLog(log, { windows })
    const { status, problems } = replayed
    const view = { store: file ?? 'store', now: status.at, status, verdicts: {}, lastObservationMs: undefined }
    const report = statusReport(view)
    if (json) terminal.printJson({ events: log.length, problems, status: report })
    else
      terminal.print([
        ...replayLines(replayed, texts),
        '',
        texts.text('log.state'),
        ...emergencyLines(report, texts),
        ...serviceTable(Object.values(report.services), texts),
      ])
    return problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.done
  },
})

/** Nothing is not a log that holds together: an export that failed leaves an empty file. */
function logIn(file: string): readonly StoredEvent[] {
  const log = parseLog(readText(file))
  if (log.length === 0) throw cliErrors.create('empty_log_file', { file })
  return log
}

function recorded(location: string | undefined, judge: boolean, session: Session): Promise<Recorded> {
  return withStore(session, location, async (store) => {
    const log = await store.readEvents(0, session.signal)
    if (log.length === 0) throw cliErrors.create('empty_log', { location: store.description })
    return judge ? { log, windows: await readAllWindows(store, 0, session.signal) } : { log }
  })
}
