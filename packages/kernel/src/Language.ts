export const LANGUAGES = ['sv', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text in every supported language. `{{name}}` marks a parameter. */
export type LocalizedText = Readonly<Record<Language, string>>
