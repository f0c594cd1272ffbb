import type { Language, LocalizedText } from './Language.ts'

export type ParamValue = string | number | boolean | LocalizedText
export type Params = Readonly<Record<string, ParamValue>>

/** The names between `{{` and `}}` in a template, as a union. */
export type ParamNames<Template extends string> = Template extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never

/** Fills `{{name}}` in the template of one language. A parameter that is not given stays visible as `{{name}}`. */
export function interpolate(text: LocalizedText, params: Params, language: Language): string {
  return text[language].replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? paramText(params[name] as ParamValue, language) : placeholder,
  )
}

/** A parameter as text: a localized one in the language asked for, all others by `String`. */
export function paramText(value: ParamValue, language: Language): string {
  return typeof value === 'object' ? value[language] : String(value)
}
