const MAX_LENGTH = 60

/**
 * Foreign text for a message: cut to 60 characters, with everything that could forge a line, hide or reorder text
 * (control and format characters, lone surrogates, line separators) written as its code point.
 */
export function printable(text: string): string {
  const points = Array.from(text.slice(0, MAX_LENGTH * 2))
  const shown = points.slice(0, MAX_LENGTH).join('')
  const escaped = shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, escapeCharacter)
  return points.length > MAX_LENGTH || text.length > MAX_LENGTH * 2 ? `${escaped}…` : escaped
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}
