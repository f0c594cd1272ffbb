import { z } from 'zod'

import { COMMON_OPTIONS, commonInput } from '../arguments/inputs.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

export const exportLog = defineVerb({
  name: 'export',
  summary: {
    sv: 'skriv hela loggen som JSON Lines, för arkivet eller gradvis replay',
    en: 'write the whole log as JSON Lines, for the archive or gradvis replay',
  },
  options: COMMON_OPTIONS,
  examples: [['export > log.jsonl', { sv: 'en händelse per rad', en: 'one event per line' }]],
  input: z.strictObject(commonInput),
  run: ({ store: location }, session) =>
    withStore(session, location, async (store): Promise<ExitCode> => {
      for (const event of await store.readEvents(0, session.signal)) session.terminal.printJson(event)
      return EXIT.done
    }),
})
