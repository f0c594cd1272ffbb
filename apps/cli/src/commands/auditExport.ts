import type { RecordLog } from '@gradvis/rollout-store'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput, instantInput } from '../arguments/inputs.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import type { Session } from '../Session.ts'
import { withRecordLog } from '../store/withRecordLog.ts'
import { defineVerb } from '../Verb.ts'

const PAGE = 1000

export const auditExport = defineVerb({
  name: 'audit export',
  summary: {
    sv: 'skriv granskningsloggen som JSON Lines, för arkivet eller gradvis audit verify --file',
    en: 'write the audit trail as JSON Lines, for the archive or gradvis audit verify --file',
  },
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--since <instant>',
      text: {
        sv: 'från den första posten vid eller efter tidpunkten, i UTC om inget annat sägs',
        en: 'from the first entry at or after the instant, in UTC unless it says otherwise',
      },
    },
  ],
  examples: [
    [
      'audit export > audit.jsonl',
      { sv: 'en post per rad, med pseudonymer', en: 'one entry per line, with pseudonyms' },
    ],
    ['audit export --since 2025-01-10 > part.jsonl', { sv: 'en del av loggen', en: 'a part of the trail' }],
  ],
  input: z.strictObject({ ...commonInput, since: instantInput.optional() }),
  run: ({ store, since = -Infinity }, session) =>
    withRecordLog(session, store, async (log): Promise<ExitCode> => {
      await exportSince(log, since, session)
      return EXIT.done
    }),
})

/** Without a gap from the first entry on, also where a clock was set back meanwhile: it is verified as a chain. */
async function exportSince(log: RecordLog, since: number, { terminal, signal }: Session): Promise<void> {
  const { exportedEntry } = await import('@gradvis/privacy')
  let previous = ''
  let isWanted = false
  let read = 0
  for (let page = await log.read(read, PAGE, signal); page.length > 0; page = await log.read(read, PAGE, signal))
    for (const row of page) {
      const entry = exportedEntry({ row, previous })
      // One that is damaged has no time to go by.
      isWanted ||= typeof entry['at'] !== 'number' || entry['at'] >= since
      if (isWanted) terminal.printJson(entry)
      previous = row.hash
      read = row.sequence
    }
}
