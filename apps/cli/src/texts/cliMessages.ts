import { flagErrors } from '@gradvis/feature-flags'
import type { Language } from '@gradvis/kernel'
import { createLocalizer, type Localizer } from '@gradvis/localization'
import { rolloutErrors } from '@gradvis/rollout'
import { rolloutStoreErrors } from '@gradvis/rollout-store'

import { cliErrors } from '../cliErrors.ts'
import { auditTexts, breakTexts } from './auditTexts.ts'
import { changeTexts } from './changeTexts.ts'
import { helpTexts } from './helpTexts.ts'
import { logTexts } from './logTexts.ts'
import { planTexts } from './planTexts.ts'
import { reportTexts } from './reportTexts.ts'
import { simulateTexts } from './simulateTexts.ts'
import { statusTexts } from './statusTexts.ts'
import { whyTexts } from './whyTexts.ts'

/** Every text that the program prints, in both languages. */
export const cliMessages = {
  ...auditTexts,
  ...breakTexts,
  ...changeTexts,
  ...helpTexts,
  ...logTexts,
  ...planTexts,
  ...reportTexts,
  ...simulateTexts,
  ...statusTexts,
  ...whyTexts,
} as const

/** Errors that this program can meet. Those of the services themselves only ever come to it as codes. */
const ERRORS = [cliErrors.catalog, flagErrors.catalog, rolloutErrors.catalog, rolloutStoreErrors.catalog]

export type Texts = Localizer<typeof cliMessages>

export function createTexts(language: Language): Texts {
  return createLocalizer({ catalogs: [cliMessages, ...ERRORS], language })
}

/** Whether a text for the error is among those above. */
export function knownCode(code: string): boolean {
  return ERRORS.some((catalog) => Object.hasOwn(catalog, code))
}
