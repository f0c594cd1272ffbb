import { formatParam } from './formatParam.ts'
import type { Language, LocalizedText } from './Language.ts'

export type ParamValue = string | number | boolean | LocalizedText
export type Params = Readonly<Record<string, ParamValue>>

/** The names in a template, as a union: what stands between `{{` and `}}`, before the comma of a format. */
export type ParamNames<Template extends string> = Template extends `${string}{{${infer Place}}}${infer Rest}`
  ? (Place extends `${infer Name},${string}` ? Name : Place) | ParamNames<Rest>
  : never

/**
 * Fills `{{name}}` and `{{name, format}}` (see `formatParam`) in the template of one language. A parameter that is not
 * given, and a format that does not exist, stay visible as they are written.
 */
export function interpolate(text: LocalizedText, params: Params, language: Language): string {
  return text[language].replace(/\{\{(\w+)(?:, ?([^{}]+))?\}\}/g, (place, name: string, format?: string) =>
    Object.hasOwn(params, name) ? (paramText(params[name] as ParamValue, language, format) ?? place) : place,
  )
}

/**
 * A parameter as text: a localized one in the language asked for, a number in the format asked for, all others by
 * `String`. Undefined for a number in a format that does not exist.
 */
export function paramText(value: ParamValue, language: Language): string
export function paramText(value: ParamValue, language: Language, format: string | undefined): string | undefined
export function paramText(value: ParamValue, language: Language, format?: string): string | undefined {
  if (typeof value === 'number' && format !== undefined) return formatParam(value, format, language)
  return typeof value === 'object' ? value[language] : String(value)
}
