import type { RolloutStore, StoredEvent } from '@gradvis/rollout'
import { foldState } from '@gradvis/rollout'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput, countInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { eventLine, isAbout } from '../log/eventLine.ts'
import type { Session } from '../Session.ts'
import { changesOf } from '../store/changesOf.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

/** In case a notification is lost. */
const POLL_MS = 1000

const Input = z.strictObject({
  ...commonInput,
  service: serviceInput.optional(),
  limit: countInput.optional(),
  follow: z.boolean().default(false),
})
type Input = z.output<typeof Input>

export const log = defineVerb({
  name: 'log',
  summary: { sv: 'visa vem som ändrade vad, när och varför', en: 'show who changed what, when and why' },
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--service <service>',
      text: { sv: 'bara det som rör en tjänst', en: 'only what concerns a service' },
    },
    { flags: '--limit <n>', text: { sv: 'bara de senaste', en: 'only the latest' } },
    { flags: '-f, --follow', text: { sv: 'visa nya händelser tills Ctrl+C', en: 'show new events until Ctrl+C' } },
  ],
  examples: [
    ['log --limit 20', { sv: 'de senaste tjugo', en: 'the latest twenty' }],
    ['log --service backup --follow', { sv: 'följ en tjänst', en: 'follow one service' }],
    ['log --json > log.jsonl', { sv: 'JSON Lines, en händelse per rad', en: 'JSON Lines, one event per line' }],
  ],
  input: Input,
  run: (input, session) => withStore(session, input.store, (store) => showLog(store, input, session)),
})

async function showLog(store: RolloutStore, input: Input, session: Session): Promise<ExitCode> {
  const events = await store.readEvents(0, session.signal)
  const service = input.service && resolveService(input.service, servicesOf(foldState(events)))
  const wanted = events.filter((event) => service === undefined || isAbout(event, service))
  show(input.limit === undefined ? wanted : wanted.slice(-input.limit), input, session)
  if (!input.follow) {
    if (wanted.length === 0 && !input.json) session.terminal.print([session.texts.text('log.empty')])
    return EXIT.done
  }
  let sequence = events.at(-1)?.sequence ?? 0
  for await (const _change of changesOf(store, session, POLL_MS)) {
    const fresh = await store.readEvents(sequence, session.signal)
    sequence = fresh.at(-1)?.sequence ?? sequence
    show(
      fresh.filter((event) => service === undefined || isAbout(event, service)),
      input,
      session,
    )
  }
  return EXIT.interrupted
}

function show(events: readonly StoredEvent[], { json }: Input, { terminal, texts }: Session): void {
  if (json) for (const event of events) terminal.printJson(event)
  else terminal.print(events.map((event) => eventLine(event, texts.language)))
}
