import { createSnapshot, explain, parseEnvironment, parsePlan, productionFeatureFlags } from '@gradvis/feature-flags'
import { flagStateOf, foldState } from '@gradvis/rollout'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput, serviceInput } from '../arguments/inputs.ts'
import type { Problem } from '../arguments/problems.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { EXIT, type ExitCode } from '../exitCodes.ts'
import { withStore } from '../store/withStore.ts'
import { defineVerb } from '../Verb.ts'
import { explanationLines } from '../why/explanationLines.ts'

const FORM: Problem = 'attribute'

export const why = defineVerb({
  name: 'why',
  summary: {
    sv: 'förklara vilken sida en användare får, regel för regel',
    en: 'explain which side a subject gets, rule by rule',
  },
  arguments: [
    SERVICE_ARGUMENT,
    {
      name: 'subject',
      optional: true,
      text: { sv: 'användarens nyckel (pseudonym)', en: 'the subject’s key (a pseudonym)' },
    },
  ],
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--attribute <name=value...>',
      text: { sv: 'attribut som målgrupper frågar efter', en: 'attributes that target groups ask for' },
    },
  ],
  examples: [
    ['why backup user-7', { sv: 'hela stegen', en: 'the whole ladder' }],
    ['why web user-7 --attribute region=se --json', { sv: 'för maskiner', en: 'for machines' }],
  ],
  input: z.strictObject({
    ...commonInput,
    service: serviceInput,
    subject: z.string().max(1000).default(''),
    attribute: z.array(z.string().regex(/^[^=]+=/, FORM)).default([]),
  }),
  run: ({ store: location, json, service, subject, attribute }, session) => {
    const environment = parseEnvironment(session.env)
    return withStore(session, location, async (store): Promise<ExitCode> => {
      const { terminal, texts, clock, signal } = session
      const status = foldState(await store.readEvents(0, signal))
      const plan = status.plan ?? parsePlan(productionFeatureFlags)
      const name = resolveService(service, servicesOf(status))
      // Without an adopted plan nothing is rolled out, whatever the production plan's dates say.
      const waiting = Object.fromEntries(Object.keys(plan.services).map((one) => [one, { percentageBps: 0 }]))
      const stored = flagStateOf(status)
      const state = status.plan ? stored : { ...stored, services: waiting }
      const snapshot = createSnapshot({ plan, environment, now: clock.now(), state })
      const attributes = Object.fromEntries(attribute.map(toAttribute))
      const explanation = explain(snapshot, name, { targetingKey: subject, attributes })
      if (json) terminal.printJson(explanation)
      else terminal.print(explanationLines(explanation, texts))
      return EXIT.done
    })
  },
})

function toAttribute(pair: string): readonly [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}
