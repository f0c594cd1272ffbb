import type { LocalizedText } from './Language.ts'

type MessageRows = Readonly<Record<string, LocalizedText>>
/** Texts by full key, `namespace.key`. An `ErrorCatalog` is one too. */
export type MessageCatalog = Readonly<Record<string, LocalizedText>>

/** A table of texts that are no errors (advice, labels), both languages side by side. */
export function defineMessages<const Namespace extends string, const Rows extends MessageRows>(
  namespace: Namespace,
  rows: Rows,
): { readonly [Key in keyof Rows & string as `${Namespace}.${Key}`]: Rows[Key] } {
  const entries = Object.entries(rows).map(([key, row]) => [`${namespace}.${key}`, row])
  return Object.freeze(Object.fromEntries(entries)) as {
    [Key in keyof Rows & string as `${Namespace}.${Key}`]: Rows[Key]
  }
}
