import { describe, expect, it } from 'vitest'

import { PERSONAL_DATA_KINDS } from '../detection/PersonalDataKind.ts'
import { isViolation } from './isViolation.ts'
import type { LeakFinding } from './LeakFinding.ts'

const leak: LeakFinding = {
  service: 'NoteService',
  implementation: 'migrated',
  channel: 'log',
  kind: 'personnummer',
  path: 'note',
  redacted: true,
}

describe('what may as well be something else', () => {
  it('is no violation', () => {
    expect(isViolation({ ...leak, mistakable: true })).toBe(false)
  })
})

describe('a violation', () => {
  it('is what cannot be mistaken, and not what servers and associations have too', () => {
    expect(PERSONAL_DATA_KINDS.filter((kind) => isViolation({ ...leak, kind }))).toEqual([
      'personnummer',
      'samordningsnummer',
      'organisationsnummer',
      'email',
      'iban',
      'payment-card',
      'secret',
    ])
  })

  it('is the migrated side’s own', () => {
    expect(isViolation({ ...leak, implementation: 'legacy' })).toBe(false)
    expect(isViolation({ ...leak, channel: 'error', path: 'cause.message' })).toBe(false)
    expect(isViolation({ ...leak, channel: 'error', path: 'refusal.params.type' })).toBe(false)
    expect(isViolation({ ...leak, channel: 'log', path: 'cause.message' })).toBe(true)
    expect(isViolation({ ...leak, channel: 'error', path: 'params.cause' })).toBe(true)
    expect(isViolation({ ...leak, channel: 'audit', path: 'details.type' })).toBe(false)
    expect(isViolation({ ...leak, channel: 'audit', path: 'code' })).toBe(true)
    expect(isViolation({ ...leak, channel: 'log', path: 'details.type' })).toBe(true)
  })
})
