import { type Language, LANGUAGES, paramText, type Params } from '@gradvis/kernel'

type Coded = Readonly<{ code: string; params: Readonly<Record<string, unknown>> }>
/** A parameter as it is put into a template: a number stays one, for the format that the template may name. */
export type FilledParam = string | number

/** The code and params of a ServiceError or of its JSON; undefined for anything else. */
export function codedIn(error: unknown): Coded | undefined {
  if (!isRecord(error) || typeof error['code'] !== 'string') return undefined
  return { code: error['code'], params: isRecord(error['params']) ? error['params'] : {} }
}

/** Params in one language. What came over the wire may be anything: what is no param is left out. */
export function paramsIn(params: Readonly<Record<string, unknown>>, language: Language): Record<string, FilledParam> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      isParam(value) ? [[name, typeof value === 'number' ? value : paramText(value, language)]] : [],
    ),
  )
}

function isParam(value: unknown): value is Params[string] {
  if (isRecord(value)) return LANGUAGES.every((language) => typeof value[language] === 'string')
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
