import { OpenRedaction } from '@openredaction/openredaction'

import type { MeasuredKind } from '../ours/privacy/itemSentences.ts'
import type { Detect } from '../ours/privacy/KindScore.ts'

/** Its patterns that claim one of the kinds. It has none for Swedish numbers. */
const PATTERNS: Readonly<Record<string, MeasuredKind>> = {
  EMAIL: 'email',
  PHONE_UK: 'phone',
  PHONE_UK_MOBILE: 'phone',
  PHONE_US: 'phone',
  PHONE_INTERNATIONAL: 'phone',
  IPV4: 'ipv4',
  IPV6: 'ipv6',
  ADDRESS_STREET: 'street-address',
  ADDRESS_PO_BOX: 'street-address',
  IBAN: 'iban',
  CREDIT_CARD: 'payment-card',
  AWS_ACCESS_KEY: 'secret',
  AWS_SECRET_KEY: 'secret',
  GOOGLE_API_KEY: 'secret',
  STRIPE_API_KEY: 'secret',
  GITHUB_TOKEN: 'secret',
  JWT_TOKEN: 'secret',
  GENERIC_API_KEY: 'secret',
  GENERIC_SECRET: 'secret',
  PRIVATE_KEY: 'secret',
  SSH_PRIVATE_KEY: 'secret',
  DATABASE_CONNECTION: 'secret',
  SLACK_TOKEN: 'secret',
  SENDGRID_API_KEY: 'secret',
  BEARER_TOKEN: 'secret',
  NPM_TOKEN: 'secret',
  OAUTH_CLIENT_SECRET: 'secret',
  OAUTH_TOKEN: 'secret',
  URL_WITH_AUTH: 'secret',
}

export const OPEN_REDACTION_KINDS: readonly MeasuredKind[] = [...new Set(Object.values(PATTERNS))]

/**
 * The GDPR preset's patterns for our kinds, and those for keys and tokens, which the preset leaves out. Its other 530
 * patterns would take text from these and have no kind of ours. Learning is off: it writes files.
 */
export function createOpenRedaction(): Detect {
  const library = new OpenRedaction({ preset: 'gdpr', patterns: Object.keys(PATTERNS), enableLearning: false })
  return (text) =>
    library.detect(text).detections.flatMap(({ type, position: [start, end] }) => {
      const kind = PATTERNS[type]
      return kind === undefined ? [] : [{ kind, start, end }]
    })
}
