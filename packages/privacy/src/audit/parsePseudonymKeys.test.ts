import { randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { parseAuditKey } from './parseAuditKey.ts'
import { parsePseudonymKeys } from './parsePseudonymKeys.ts'

const [one, two] = [randomBytes(32), randomBytes(48)]
const [first, second] = [one.toString('base64url'), two.toString('base64url')]

describe('GRADVIS_PSEUDONYM_KEYS', () => {
  it('names the keys, the one that is used now first', () => {
    expect(parsePseudonymKeys(` 2025-b:${first} , 2024:${second}`)).toEqual([
      { id: '2025-b', secret: one },
      { id: '2024', secret: two },
    ])
    expect(parsePseudonymKeys(`a:${first}=`)).toHaveLength(1)
    expect(parsePseudonymKeys(undefined)).toEqual([])
    expect(parsePseudonymKeys(' ')).toEqual([])
  })

  it.each([
    [first, 1],
    [`a:${first},b:short`, 2],
    [`a:${first},a:${second}`, 2],
    [`a:${first},`, 2],
    [`A:${first}`, 1],
    [`a:${first.slice(0, -1)}!`, 1],
  ])('is refused, without being repeated, where a key cannot be used', (text, position) => {
    const refused = expect.objectContaining({
      code: 'audit.invalid_pseudonym_keys',
      params: { position },
      message: expect.not.stringContaining(first) as string,
    }) as Error
    expect(() => parsePseudonymKeys(text)).toThrow(refused)
  })
})

describe('GRADVIS_AUDIT_KEY', () => {
  it('is 32 bytes or more in base64url, or absent', () => {
    expect(parseAuditKey(first)).toEqual(one)
    expect(parseAuditKey('')).toBeUndefined()
    expect(parseAuditKey(undefined)).toBeUndefined()
  })

  it.each(['x', first.slice(0, 40), `${first.slice(1)}/`])('is refused where it is none: %s', (text) => {
    expect(() => parseAuditKey(text)).toThrow(expect.objectContaining({ code: 'audit.invalid_key' }) as Error)
  })
})
