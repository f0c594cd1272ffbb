import { foldState, readAllWindows } from '@gradvis/rollout'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { analysisLines } from '../report/analysisLines.ts'
import { analyseService, runOf } from '../report/analyseService.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

export const report = defineVerb({
  name: 'report',
  summary: {
    sv: 'visa vad som skilde sidorna, varför den rullades tillbaka och nästa steg',
    en: 'show what differed between the sides, why it was rolled back and what to do next',
  },
  arguments: [SERVICE_ARGUMENT],
  options: COMMON_OPTIONS,
  examples: [
    [
      'report backup',
      { sv: 'körningen som pågår, eller den som rullades tillbaka', en: 'the run under way, or the one rolled back' },
    ],
    ['report backup --json', { sv: 'för maskiner', en: 'for machines' }],
  ],
  input: z.strictObject({ ...commonInput, service: serviceInput }),
  run: (input, session) =>
    withStore(session, input.store, async (store): Promise<ExitCode> => {
      const { terminal, texts, clock, signal } = session
      const events = await store.readEvents(0, signal)
      const status = foldState(events)
      const service = resolveService(input.service, servicesOf(status))
      const period = runOf(service, events, clock.now())
      const windows = await readAllWindows(store, period.fromMs, signal)
      const analysis = analyseService(service, { events, status, windows, period })
      if (input.json) terminal.printJson(analysis)
      else terminal.print(analysisLines(analysis, texts))
      return EXIT.done
    }),
})
