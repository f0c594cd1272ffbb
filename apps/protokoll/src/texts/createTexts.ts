import type { Language } from '@gradvis/kernel'
import { createLocalizer, type Localizer } from '@gradvis/localization'

import { httpErrors } from '../http/httpErrors.ts'
import { protokollErrors } from './protokollErrors.ts'
import { protokollTexts } from './protokollTexts.ts'

export type Texts = Localizer<typeof protokollTexts>

/** The application's own texts; those of the services come from the service layer. */
export function createTexts(language: Language): Texts {
  return createLocalizer({ catalogs: [protokollTexts, protokollErrors.catalog, httpErrors.catalog], language })
}
