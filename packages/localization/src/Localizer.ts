import type { Language, LocalizedText, MessageCatalog, ParamNames, Params, ParamValue } from '@gradvis/kernel'

/** The keys of a catalog as they are asked for: `key_one` and `key_other` together are the plural text `key`. */
export type TextKey<Messages extends MessageCatalog> = {
  [Row in keyof Messages & string]: PluralOf<Row, Messages> extends never ? Row : PluralOf<Row, Messages>
}[keyof Messages & string]

/** The plural text that a row is a form of, or never. */
type PluralOf<Row extends string, Messages> = Row extends `${infer Key}_one` | `${infer Key}_other`
  ? `${Key}_one` | `${Key}_other` extends keyof Messages
    ? Key
    : never
  : never

type RowOf<Messages extends MessageCatalog, Key extends string> = Key extends keyof Messages
  ? Messages[Key]
  : Messages[(`${Key}_one` | `${Key}_other`) & keyof Messages]

type NamesIn<Row> = Row extends LocalizedText ? ParamNames<Row['sv'] | Row['en']> : never

/** Exactly the names between `{{` and `}}` in the templates of a text, in all its languages and plural forms. */
export type TextParams<Messages extends MessageCatalog, Key extends string> = Key extends keyof Messages
  ? { readonly [Name in NamesIn<RowOf<Messages, Key>>]: ParamValue }
  : { readonly [Name in Exclude<NamesIn<RowOf<Messages, Key>>, 'count'>]: ParamValue } & { readonly count: number }

/** What `text` takes after the key: nothing when the text has no parameters, anything when the keys are not known. */
export type TextArguments<Messages extends MessageCatalog, Key extends string> = string extends keyof Messages
  ? [params?: Params]
  : keyof TextParams<Messages, Key> extends never
    ? []
    : [params: TextParams<Messages, Key>]

/** Tells failures in one language: all that code needs which knows no texts of its own. Immutable, never throws. */
export interface ErrorLocalizer {
  readonly language: Language

  /**
   * What to tell a user about a failure: the text of a ServiceError, or of a plain `{ code, params }` that came over
   * the wire, by its code. Anything else gets one general sentence: an unknown message may hold personal data.
   */
  describeError(error: unknown): string

  /** The same texts in another language. Cheap enough for every request. */
  withLanguage(language: Language): ErrorLocalizer
}

/** Texts in one language. Immutable, shared freely, never throws. */
export interface Localizer<Messages extends MessageCatalog = MessageCatalog> extends ErrorLocalizer {
  /**
   * The text of a key. The compiler knows keys and parameters; a key that reaches this at run time without a text is
   * given back as it is, because a label in the wrong words serves a user better than a page that fails.
   */
  text<Key extends TextKey<Messages>>(key: Key, ...params: TextArguments<Messages, Key>): string

  withLanguage(language: Language): Localizer<Messages>
}
