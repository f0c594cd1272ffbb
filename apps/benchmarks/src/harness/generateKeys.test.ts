import { describe, expect, it } from 'vitest'

import { generateKeys } from './generateKeys.ts'

describe('generated keys', () => {
  it('have 36 characters in the shape of a UUID and are distinct', () => {
    const keys = generateKeys(20_000)
    expect(new Set(keys).size).toBe(20_000)
    expect(keys.every((key) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key))).toBe(true)
  })

  it('are the same in every run, and others with another seed', () => {
    expect(generateKeys(3)).toEqual(generateKeys(3))
    expect(generateKeys(3, 2)).not.toEqual(generateKeys(3))
  })
})
