import { type Language, LANGUAGES, type LocalizedText } from '@gradvis/kernel'
import { createInstance } from 'i18next'

import { DEFAULT_LANGUAGE } from './parseLanguage.ts'

/** The text of a key in a language; undefined when there is none. */
export type Translator = (
  language: Language,
  key: string,
  params: Readonly<Record<string, string>>,
  count?: number,
) => string | undefined

/** An i18next of its own: nothing global is read or changed, and it is ready when this returns. */
export function createTranslator(rows: ReadonlyMap<string, LocalizedText>): Translator {
  const instance = createInstance({
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
  void instance.init()
  return (lng, key, params, count) => {
    // Parameters go in by `replace`: as options, one named `lng` or `context` would steer i18next itself.
    const options = { lng, replace: params, nest: false, ...(count !== undefined && { count }) }
    return instance.exists(key, options) ? instance.t(key, options) : undefined
  }
}

function textsIn(rows: ReadonlyMap<string, LocalizedText>, language: Language): Record<string, string> {
  return Object.fromEntries([...rows].map(([key, row]) => [key, row[language]]))
}
