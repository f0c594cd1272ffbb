import { SyncRedactor } from 'redact-pii'

import type { MeasuredKind } from '../ours/privacy/itemSentences.ts'
import type { Detect } from '../ours/privacy/KindScore.ts'
import type { Label } from '../ours/privacy/Phrase.ts'

/** The rules that claim one of the kinds, in the order in which the library applies them. `ipAddress` finds both. */
const RULES = {
  creditCardNumber: 'payment-card',
  streetAddress: 'street-address',
  phoneNumber: 'phone',
  ipAddress: 'ipv4',
  emailAddress: 'email',
  password: 'secret',
  credentials: 'secret',
} as const satisfies Record<string, MeasuredKind>
const OTHER_RULES = ['zipcode', 'usSocialSecurityNumber', 'username', 'digits', 'url', 'names'] as const

export const REDACT_PII_KINDS: readonly MeasuredKind[] = [...new Set<MeasuredKind>([...Object.values(RULES), 'ipv6'])]

const OPEN = '\ue001'
const CLOSE = '\ue002'
const TAKEN = '\ue003'
const BRACKETED = /\ue001([^\ue002]*)\ue002/g

/** The rules that claim our kinds; the others are off, so that they take nothing from these. */
export function createRedactPii(): Readonly<{ redact: (text: string) => string; detect: Detect }> {
  const redactor = new SyncRedactor({ builtInRedactors: allBut(Object.keys(RULES)) })
  return { redact: redactor.redact, detect: createDetect() }
}

/**
 * The library gives the redacted text only. One redactor for each rule, whose replacement `$&` keeps what was found in
 * brackets, tells where; what a rule has found is then filled up, so that the next one no longer sees it, as it would not.
 */
function createDetect(): Detect {
  const rules = Object.entries(RULES).map(([rule, kind]) => {
    const options = { globalReplaceWith: `${OPEN}$&${CLOSE}`, builtInRedactors: allBut([rule]) }
    return { kind, redactor: new SyncRedactor(options) }
  })
  return (text) => {
    const findings: Label[] = []
    let rest = text
    for (const { kind, redactor } of rules) {
      const own = rangesIn(redactor.redact(rest))
      for (const { start, end } of own) {
        findings.push({ kind: kind === 'ipv4' && text.slice(start, end).includes(':') ? 'ipv6' : kind, start, end })
        rest = rest.slice(0, start) + TAKEN.repeat(end - start) + rest.slice(end)
      }
    }
    return findings
  }
}

/** Offsets into the text without its brackets. */
function rangesIn(bracketed: string): readonly Readonly<{ start: number; end: number }>[] {
  return [...bracketed.matchAll(BRACKETED)].map((match, before) => {
    const start = match.index - 2 * before
    return { start, end: start + (match[1] as string).length }
  })
}

function allBut(enabled: readonly string[]): Readonly<Record<string, { enabled: false }>> {
  const off = [...Object.keys(RULES), ...OTHER_RULES].filter((rule) => !enabled.includes(rule))
  return Object.fromEntries(off.map((rule) => [rule, { enabled: false }]))
}
