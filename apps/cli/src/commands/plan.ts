import { parsePlan, type Plan, productionFeatureFlags } from '@gradvis/feature-flags'
import { foldState } from '@gradvis/rollout'
import { z } from 'zod'

import { COMMON_OPTIONS, commonInput } from '../arguments/inputs.ts'
import type { Problem } from '../arguments/problems.ts'
import { EXIT } from '../exitCodes.ts'
import { planLines } from '../plan/planLines.ts'
import { planReport } from '../plan/planReport.ts'
import type { Session } from '../Session.ts'
import { readJson } from '../store/readText.ts'
import { isThere, storeLocation } from '../store/storeLocation.ts'
import { withStore } from '../store/withStore.ts'
import type { Texts } from '../texts/cliMessages.ts'
import { defineVerb } from '../Verb.ts'

const TOGETHER: Problem = 'not_together'

/** A plan, and in words where it comes from. */
type Found = Readonly<{ plan: Plan; source: 'store' | 'production' | 'file'; origin: string }>

export const plan = defineVerb({
  name: 'plan',
  summary: {
    sv: 'visa planens faser, kriterier och skyddsräcken, eller kontrollera en plan',
    en: 'show the plan’s phases, criteria and guardrails, or check a plan',
  },
  options: [
    ...COMMON_OPTIONS,
    {
      flags: '--file <plan.json>',
      text: { sv: 'kontrollera den här planen i stället', en: 'check this plan instead' },
    },
  ],
  examples: [
    ['plan', { sv: 'den antagna planen, annars produktionsplanen', en: 'the adopted plan, else the production plan' }],
    ['plan --file plan.json', { sv: 'slutar med 1 om planen har fel', en: 'exits with 1 when the plan has mistakes' }],
  ],
  input: z
    .strictObject({ ...commonInput, file: z.string().min(1).optional() })
    .refine(({ file, store }) => file === undefined || store === undefined, { path: ['store'], error: TOGETHER }),
  run: async ({ store, json, file }, session) => {
    const { terminal, texts } = session
    const found = file === undefined ? await adoptedPlan(store, session) : fromFile(file, texts)
    if (json) terminal.printJson(planReport(found.plan, found.source))
    else terminal.print(planLines(found.plan, found.origin, texts))
    return EXIT.done
  },
})

function fromFile(file: string, texts: Texts): Found {
  return { plan: parsePlan(readJson(file)), source: 'file', origin: texts.text('plan.from_file', { file }) }
}

/** Where nobody named a store, there need not be one: the production plan can be read before the first start. */
async function adoptedPlan(option: string | undefined, session: Session): Promise<Found> {
  const place = storeLocation(option, session.env)
  if (place.isDefault && !isThere(place)) return productionPlan(session.texts)
  return withStore(session, option, async (store) => {
    const { plan: adopted } = foldState(await store.readEvents(0, session.signal))
    if (adopted === undefined) return productionPlan(session.texts)
    const origin = session.texts.text('plan.from_store', { store: store.description })
    return { plan: adopted, source: 'store', origin }
  })
}

function productionPlan(texts: Texts): Found {
  return {
    plan: parsePlan(productionFeatureFlags),
    source: 'production',
    origin: texts.text('plan.from_production'),
  }
}
