import type { TextFinding } from '../detection/Finding.ts'
import { scanField } from '../detection/scanField.ts'
import { withoutFindings } from './redactText.ts'

/** Read beyond the limit, so that what crosses it is found. */
const MARGIN = 256

/** The text of a field without personal data, at most `limit` characters of it and how many were cut. */
export function cutText(name: string, text: string, limit: number): string {
  if (text.length <= limit) return withoutFindings(text, scanField(name, text))
  const findings: readonly TextFinding[] = scanField(name, text.slice(0, limit + MARGIN))
  const crossing = findings.find(({ start, end }) => start < limit && end > limit)
  const cut = crossing?.start ?? limit
  const kept = withoutFindings(
    text.slice(0, cut),
    findings.filter(({ end }) => end <= cut),
  )
  return `${kept}… [${text.length - cut} characters cut]`
}
