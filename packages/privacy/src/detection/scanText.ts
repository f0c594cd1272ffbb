import type { TextFinding } from './Finding.ts'
import { TextScanner } from './TextScanner.ts'

/**
 * The personal data in a text, in order of start, none overlapping another: the longest wins, of equally long ones the
 * most certain. Time is linear in the length for any text.
 */
export function scanText(text: string): readonly TextFinding[] {
  const scanner = new TextScanner()
  const findings = scanner.push(text)
  const last = scanner.end()
  return findings.length === 0 ? last : [...findings, ...last]
}
