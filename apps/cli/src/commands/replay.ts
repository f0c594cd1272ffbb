import { z } from 'zod'

import { COMMON_OPTIONS, commonInput } from '../arguments/inputs.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { checkedLogLines, isInconsistency } from '../log/checkedLogLines.ts'
import { checkLog } from '../log/checkLog.ts'
import type { Session } from '../Session.ts'
import { serviceTable } from '../status/serviceTable.ts'
import { emergencyLines } from '../status/statusLines.ts'
import { statusReport } from '../status/StatusReport.ts'
import { readText } from '../store/readText.ts'
import { toJsonLines } from '../log/toJsonLines.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

export const replay = defineVerb({
  name: 'replay',
  summary: {
    sv: 'spela upp en exporterad logg och säg var den inte hänger ihop',
    en: 'fold an exported log and say where it is inconsistent',
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
  options: COMMON_OPTIONS,
  examples: [
    ['replay log.jsonl', { sv: 'slutar med 1 om loggen inte hänger ihop', en: 'exits with 1 when it is inconsistent' }],
    ['replay - < log.jsonl', { sv: 'från standard in', en: 'from standard input' }],
  ],
  input: z.strictObject({ ...commonInput, file: z.string().min(1).optional() }),
  run: async ({ file, store, json }, session): Promise<ExitCode> => {
    const text = file === undefined ? await logOf(store, session) : readText(file)
    const checked = checkLog(text)
    const { terminal, texts } = session
    const source = file ?? 'store'
    const now = checked.status.at
    const view = { store: source, now, status: checked.status, verdicts: {}, lastObservationMs: undefined }
    const report = statusReport(view)
    if (json) terminal.printJson({ events: checked.events, problems: checked.problems, status: report })
    else
      terminal.print([
        ...checkedLogLines(checked, texts),
        '',
        texts.text('log.state'),
        ...emergencyLines(report, texts),
        ...serviceTable(Object.values(report.services), texts),
      ])
    return checked.problems.some(isInconsistency) ? EXIT.failed : EXIT.done
  },
})

function logOf(location: string | undefined, session: Session): Promise<string> {
  return withStore(session, location, async (store) => toJsonLines(await store.readEvents(0, session.signal)))
}
