import { z } from 'zod'

import { changeInput, COMMON_OPTIONS, commonInput } from '../arguments/inputs.ts'
import { auditKey } from '../audit/auditKey.ts'
import { pseudonymsOf } from '../audit/pseudonymsOf.ts'
import { actorOf } from '../change/actorOf.ts'
import { confirm } from '../change/confirm.ts'
import { cliErrors } from '../cliErrors.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import type { Session } from '../Session.ts'
import { readText } from '../store/readText.ts'
import { withRecordLog } from '../store/withRecordLog.ts'
import { defineVerb } from '../Verb.ts'

const { actor, yes } = changeInput
const Input = z.strictObject({ ...commonInput, actor, yes, subject: z.string().min(1) })
type Input = z.output<typeof Input>

export const auditErase = defineVerb({
  name: 'audit erase',
  summary: {
    sv: 'radera en person ur granskningsloggen; kedjan förblir hel',
    en: 'erase a person from the audit trail; the chain stays whole',
  },
  arguments: [
    {
      name: 'subject',
      text: {
        sv: 'personens id så som applikationen har det, - för standard in; nycklarna i GRADVIS_PSEUDONYM_KEYS behövs',
        en: 'the person’s id as the application has it, - for standard input; needs the keys in GRADVIS_PSEUDONYM_KEYS',
      },
    },
  ],
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--actor <name>',
      text: {
        sv: 'vem som raderar, sparas som pseudonym (annars GRADVIS_ACTOR, annars ditt användarnamn)',
        en: 'who erases, kept as a pseudonym (else GRADVIS_ACTOR, else your user name)',
      },
    },
    { flags: '-y, --yes', text: { sv: 'fråga inte, för skript', en: 'do not ask, for scripts' } },
  ],
  examples: [
    ['audit erase user-7', { sv: 'fråga först; det går inte att ångra', en: 'asks first; it cannot be undone' }],
    [
      'audit erase - --yes < subject.txt',
      { sv: 'utan att id:t syns bland processerna', en: 'without showing the id among the processes' },
    ],
  ],
  input: Input,
  run: async (input, session): Promise<ExitCode> => {
    const { terminal, texts } = session
    const isPiped = input.subject === '-'
    if (!input.yes && (isPiped || !terminal.canAsk)) throw cliErrors.create('erasure_confirmation_needed', {})
    const { ids, pseudonyms } = await pseudonymsOf(session)
    const subject = isPiped ? readText('-').replace(/\r?\n$/, '') : input.subject
    return withRecordLog(session, input.store, async (log): Promise<ExitCode> => {
      if (!input.yes) await confirm([{ text: texts.text('audit_trail.erase_preview'), style: 'warning' }], session)
      const { createAuditTrail } = await import('@gradvis/privacy')
      const trail = createAuditTrail({ log, pseudonyms, clock: session.clock, key: await auditKey(session) })
      const erasure = await trail.erase(subject, { actor: actorOf(input, session), signal: session.signal })
      show(erasure, ids, input, session)
      return EXIT.done
    })
  },
})

function show(
  { entries, sequences }: Readonly<{ entries: number; sequences: string }>,
  ids: readonly string[],
  { json }: Input,
  { terminal, texts }: Session,
): void {
  if (json) terminal.printJson({ entries, sequences, keys: ids })
  else if (entries > 0) terminal.print([texts.text('audit_trail.erase_done', { entries, sequences })])
  else terminal.print([texts.text('audit_trail.erase_nothing', { keys: ids.length, ids: ids.join(', ') })])
}
