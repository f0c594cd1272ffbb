import { parsePlan, type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { parseFault, simulate as runSimulation } from '@gradvis/rollout'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput, decimalInput, seedInput } from '../arguments/inputs.ts'
import type { Problem } from '../arguments/problems.ts'
import { resolveService } from '../arguments/resolveService.ts'
import { EXIT } from '../exitCodes.ts'
import type { Session } from '../Session.ts'
import { simulationLines } from '../simulate/simulationLines.ts'
import { statusReport } from '../status/StatusReport.ts'
import { readJson } from '../store/readText.ts'
import { isThere, storeLocation } from '../store/storeLocation.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'

const TOGETHER: Problem = 'not_together'

export const simulate = defineVerb({
  name: 'simulate',
  summary: {
    sv: 'kör planens kalender i förväg, med påhittad trafik och de fel du vill se',
    en: 'run the plan’s calendar ahead of time, with generated traffic and the faults that you want to see',
  },
  options: [
    ...COMMON_OPTIONS,
    { flags: '--file <plan.json>', text: { sv: 'simulera den här planen', en: 'simulate this plan' } },
    {
      flags: '--fault <fault...>',
      text: {
        sv: 'tjänst:slag=värde@fas; slag: errors, latency, memory, security, gdpr, probe',
        en: 'service:kind=value@phase; kinds: errors, latency, memory, security, gdpr, probe',
      },
    },
    { flags: '--rate <n>', text: { sv: 'operationer per sekund och tjänst', en: 'operations a second, per service' } },
    { flags: '--seed <n>', text: { sv: 'samma frö ger samma förlopp', en: 'the same seed gives the same course' } },
  ],
  examples: [
    ['simulate', { sv: 'allt är friskt', en: 'everything is healthy' }],
    [
      'simulate --fault BackupService:errors=0.05@50%',
      { sv: '5 % fel från 50 % och uppåt', en: '5% errors from 50% on' },
    ],
    ['simulate --file plan.json --rate 0.1 --seed 7 --json', { sv: 'för maskiner', en: 'for machines' }],
  ],
  input: z
    .strictObject({
      ...commonInput,
      file: z.string().min(1).optional(),
      fault: z.array(z.string()).default([]),
      rate: decimalInput.optional(),
      seed: seedInput.default(1),
    })
    .refine(({ file, store }) => file === undefined || store === undefined, { path: ['store'], error: TOGETHER }),
  run: async ({ store, json, file, fault, rate, seed }, session) => {
    const { terminal, texts } = session
    // What is read from a file is whatever it is: `simulate` parses it.
    const plan = file === undefined ? await planOf(store, session) : (readJson(file) as PlanData)
    const services = Object.keys(parsePlan(plan).services)
    const faults = fault
      .map((text) => parseFault(text))
      .map((one) => Object.assign({}, one, { service: resolveService(one.service, services) }))
    const traffic = rate === undefined ? {} : { operationsPerSecond: rate }
    session.endOnSignal()
    const simulation = runSimulation({ plan, scenario: { faults, traffic }, seed })
    if (json) terminal.printJson(jsonOf(simulation, seed))
    else terminal.print(simulationLines(simulation, seed, texts))
    return EXIT.done
  },
})

type Simulated = ReturnType<typeof runSimulation>

function jsonOf({ settled, endMs, calendar, log, status, verdicts }: Simulated, seed: number) {
  const byService = Object.fromEntries(verdicts.map((verdict) => [verdict.service, verdict]))
  const view = { store: 'simulation', now: endMs, status, verdicts: byService, lastObservationMs: undefined }
  return { seed, settled, endMs, calendar, status: statusReport(view), log }
}

/** As it was written when it was adopted; the production plan where none was, or where there is no store yet. */
async function planOf(option: string | undefined, session: Session): Promise<PlanData> {
  const place = storeLocation(option, session.env)
  if (place.isDefault && !isThere(place)) return productionFeatureFlags
  return withStore(session, option, async (store) => {
    const events = await store.readEvents(0, session.signal)
    const adopted = events.findLast(({ event }) => event.type === 'plan_adopted')?.event
    return adopted?.type === 'plan_adopted' ? (adopted.plan as PlanData) : productionFeatureFlags
  })
}
