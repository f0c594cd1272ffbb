/**
 * Text that cannot steer a terminal: control and format characters (escape sequences, line feeds, bidirectional
 * overrides), lone surrogates and line separators are written as their code points.
 */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`)
}

/** The same for JSON, which stays the same JSON: what can steer a terminal is written as `\uXXXX`. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) =>
    Array.from({ length: one.length }, (_, index) => `\\u${one.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  )
}
