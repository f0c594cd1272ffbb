import type { LocalizedText, MessageCatalog } from '@gradvis/kernel'

import { localizationErrors } from './localizationErrors.ts'

/**
 * All rows by key. A catalog that is given twice counts once, because packages may bring the same one along; the same
 * key in two catalogs throws `localization.duplicate_key`, because one of its texts would never be shown.
 */
export function mergeCatalogs(catalogs: Iterable<MessageCatalog>): ReadonlyMap<string, LocalizedText> {
  const rows = new Map<string, LocalizedText>()
  for (const [key, row] of [...new Set(catalogs)].flatMap((catalog) => Object.entries(catalog))) {
    if (rows.has(key)) throw localizationErrors.create('duplicate_key', { key })
    rows.set(key, row)
  }
  return rows
}
