import { formatParam, type Language, LANGUAGES, type LocalizedText } from '@gradvis/kernel'
import { createInstance, type FormatterModule } from 'i18next'

import type { FilledParam } from './codedIn.ts'
import { DEFAULT_LANGUAGE } from './parseLanguage.ts'

/** The text of a key in a language; undefined when there is none. */
export type Translator = (
  language: Language,
  key: string,
  params: Readonly<Record<string, FilledParam>>,
  count?: number,
) => string | undefined

/**
 * The formats of kernel in the place of i18next's own, so that the message of an error reads the same with and without a
 * localizer. Undefined leaves the place visible, by `missingInterpolationHandler`, which the type does not tell.
 */
const kernelFormats: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, format, language) =>
    (typeof value === 'number' && format !== undefined
      ? formatParam(value, format, language as Language)
      : value) as string,
}

/** An i18next of its own: nothing global is read or changed, and it is ready when this returns. */
export function createTranslator(rows: ReadonlyMap<string, LocalizedText>): Translator {
  const instance = createInstance()
  instance.use(kernelFormats)
  void instance.init({
    lng: DEFAULT_LANGUAGE,
    fallbackLng: false,
    resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: textsIn(rows, language) }])),
    initAsync: false,
    // Keys hold dots, and whatever shows a text escapes it in its own way.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    // As kernel does: a parameter that was not given stays visible.
    missingInterpolationHandler: (_text, [placeholder]: RegExpExecArray) => placeholder,
  })
  return (lng, key, params, count) => {
    // Parameters go in by `replace`: as options, one named `lng` or `context` would steer i18next itself.
    const options = { lng, replace: params, nest: false, ...(count !== undefined && { count }) }
    return instance.exists(key, options) ? instance.t(key, options) : undefined
  }
}

function textsIn(rows: ReadonlyMap<string, LocalizedText>, language: Language): Record<string, string> {
  return Object.fromEntries([...rows].map(([key, row]) => [key, row[language]]))
}
