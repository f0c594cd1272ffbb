import type { Language, MessageCatalog, Params } from '@gradvis/kernel'

import { codedIn, paramsIn } from './codedIn.ts'
import { createTranslator, type Translator } from './createTranslator.ts'
import type { Localizer } from './Localizer.ts'
import { localizationErrors } from './localizationErrors.ts'
import { mergeCatalogs } from './mergeCatalogs.ts'
import { DEFAULT_LANGUAGE } from './parseLanguage.ts'

export type LocalizerOptions<Catalogs extends readonly MessageCatalog[]> = Readonly<{
  /** Tables of `defineMessages` and the `catalog` of tables of `defineErrors`. */
  catalogs: Catalogs
  /** Default: Swedish. */
  language?: Language
}>

/** `A | B` as `A & B`: a union in the place of a parameter is inferred as an intersection. */
type AllOf<Catalog> = (Catalog extends unknown ? (catalog: Catalog) => void : never) extends (all: infer All) => void
  ? Extract<All, MessageCatalog>
  : never

/** Throws `localization.duplicate_key` when two catalogs hold the same key. */
export function createLocalizer<const Catalogs extends readonly MessageCatalog[]>({
  catalogs,
  language = DEFAULT_LANGUAGE,
}: LocalizerOptions<Catalogs>): Localizer<AllOf<Catalogs[number]>> {
  const translate = createTranslator(mergeCatalogs([localizationErrors.catalog, ...catalogs]))
  return localizerIn(language, translate)
}

function localizerIn(language: Language, translate: Translator): Localizer {
  const textOf = (key: string, params: Readonly<Record<string, unknown>>) =>
    translate(language, key, paramsIn(params, language), countIn(params))
  const localizer: Localizer = {
    language,
    text: (key, params: Params = {}) => textOf(key, params) ?? key,
    describeError(error) {
      const coded = codedIn(error)
      const known = coded && textOf(coded.code, coded.params)
      return known ?? localizationErrors.catalog['localization.unknown_failure'][language]
    },
    withLanguage: (wished) => (wished === language ? localizer : localizerIn(wished, translate)),
  }
  return localizer
}

function countIn({ count }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof count === 'number' ? count : undefined
}
