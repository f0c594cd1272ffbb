import { z } from 'zod'

import { COMMON_OPTIONS, commonInput } from '../arguments/inputs.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { statusLines } from '../status/statusLines.ts'
import { statusReport } from '../status/StatusReport.ts'
import { watchStatus } from '../status/watchStatus.ts'
import { RolloutReader } from '../store/RolloutReader.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

export const status = defineVerb({
  name: 'status',
  summary: { sv: 'visa var utrullningen står', en: 'show where the rollout stands' },
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '-w, --watch',
      text: {
        sv: 'följ läget tills Ctrl+C; utan terminal en rad per ändring (med --json ett objekt per rad)',
        en: 'follow it until Ctrl+C; without a terminal one line per change (with --json one object per line)',
      },
    },
    {
      flags: '--check',
      text: {
        sv: 'sluta med kod 5 om något är tillbakarullat eller stoppat, om ingen instans skriver mätningar eller följer bedömningen, eller om en klocka går fel',
        en: 'exit with code 5 when something is rolled back or stopped, no instance writes observations or follows the verdict, or a clock is wrong',
      },
    },
  ],
  examples: [
    ['status', { sv: 'läget nu', en: 'the status now' }],
    ['status --watch --store postgres://db/gradvis', { sv: 'följ en hel flotta', en: 'follow a whole fleet' }],
    ['status --check --json', { sv: 'för övervakning', en: 'for monitoring' }],
  ],
  input: z.strictObject({ ...commonInput, watch: z.boolean().default(false), check: z.boolean().default(false) }),
  run: ({ store: location, json, watch, check }, session) =>
    withStore(session, location, async (store): Promise<ExitCode> => {
      const { terminal, clock, texts, signal } = session
      const reader = new RolloutReader(store)
      if (watch) return watchStatus({ store, reader, session, json })
      const report = statusReport(await reader.read(clock.now(), signal))
      if (json) terminal.printJson(report)
      else terminal.print(statusLines(report, texts))
      return check && report.needsAttention ? EXIT.attention : EXIT.done
    }),
})
