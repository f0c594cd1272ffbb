import type { TrailReport, VerifyOptions } from '@gradvis/privacy'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput, checkpointInput } from '../arguments/inputs.ts'
import type { Problem } from '../arguments/problems.ts'
import { auditKey } from '../audit/auditKey.ts'
import { linesOf } from '../audit/linesOf.ts'
import { reportLines } from '../audit/reportLines.ts'
import { cliErrors } from '../cliErrors.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import type { Session } from '../Session.ts'
import { withRecordLog } from '../store/withRecordLog.ts'
import { defineVerb } from '../Verb.ts'

const TOGETHER: Problem = 'not_together'

export const auditVerify = defineVerb({
  name: 'audit verify',
  summary: {
    sv: 'visa att ingenting är borttaget, ändrat eller flyttat i granskningsloggen, eller var',
    en: 'show that nothing was removed, changed or moved in the audit trail, or where',
  },
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--file <file>',
      text: {
        sv: 'JSON Lines från gradvis audit export i stället för lagret, - för standard in',
        en: 'JSON Lines of gradvis audit export instead of the store, - for standard input',
      },
    },
    {
      flags: '--checkpoint <checkpoint>',
      text: {
        sv: 'kontrollpunkt från en tidigare kontroll, post:hash, sparad utanför lagret',
        en: 'checkpoint of an earlier verification, entry:hash, kept outside the store',
      },
    },
  ],
  examples: [
    ['audit verify', { sv: 'slutar med 6 om något är fel', en: 'exits with 6 when something is wrong' }],
    [
      `audit verify --checkpoint 1200:${'0'.repeat(64)} --json`,
      { sv: 'också att loggen inte är en äldre kopia', en: 'also that the trail is no older copy' },
    ],
    ['audit verify --file audit.jsonl', { sv: 'en exporterad logg', en: 'an exported trail' }],
  ],
  input: z
    .strictObject({ ...commonInput, file: z.string().min(1).optional(), checkpoint: checkpointInput.optional() })
    .refine(({ file, store }) => file === undefined || store === undefined, { path: ['store'], error: TOGETHER }),
  run: async ({ file, store, checkpoint, json }, session): Promise<ExitCode> => {
    const key = await auditKey(session)
    const options = { key, checkpoint }
    const report = file === undefined ? await ofStore(store, options, session) : await ofFile(file, options, session)
    const { terminal, texts } = session
    if (json) terminal.printJson({ valid: report.broken === undefined, ...report })
    else terminal.print(reportLines(report, { isKeyed: key !== undefined, isProven: checkpoint !== undefined }, texts))
    return report.broken ? EXIT.broken : EXIT.done
  },
})

async function ofStore(location: string | undefined, options: VerifyOptions, session: Session): Promise<TrailReport> {
  const { verifyLog } = await import('@gradvis/privacy')
  return withRecordLog(session, location, (log) => verifyLog(log, { ...options, signal: session.signal }))
}

/** Nothing is not a trail that holds: an export that failed leaves an empty file. */
async function ofFile(file: string, options: VerifyOptions, { signal }: Session): Promise<TrailReport> {
  const { verifyExport } = await import('@gradvis/privacy')
  const report = await verifyExport(linesOf(file, signal), options)
  if (report.entries === 0 && !report.broken) throw cliErrors.create('empty_audit_file', { file })
  return report
}
