import type { Language } from '@gradvis/kernel'
import { createLocalizer, type ErrorLocalizer } from '@gradvis/localization'

import { errorCatalogs, messageCatalogs } from './catalogs.ts'

/** Says any error of the product in Swedish or English, also one that came over the wire as `{ code, params }`. */
export function createServiceLocalizer(language: Language = 'sv'): ErrorLocalizer {
  // The library's own errors are in every localizer already.
  const own = errorCatalogs.filter((catalog) => !('localization.unknown_failure' in catalog))
  return createLocalizer({ catalogs: [...own, ...messageCatalogs], language })
}
