import type { TextFinding } from '../detection/Finding.ts'
import { scanText } from '../detection/scanText.ts'
import { placeholder } from './placeholder.ts'

/** The text with its kind in place of each finding, `[personnummer]`, `[email]`; all else is kept. The same text for none. */
export function redactText(text: string): string {
  return withoutFindings(text, scanText(text))
}

/** The text with placeholders for the findings, which are in order and do not overlap. */
export function withoutFindings(text: string, findings: readonly TextFinding[]): string {
  if (findings.length === 0) return text
  const parts: string[] = []
  let at = 0
  for (const { kind, start, end } of findings) {
    parts.push(text.slice(at, start), placeholder(kind))
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}
