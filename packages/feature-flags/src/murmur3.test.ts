import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bucketOf } from './bucketOf.ts'
import { hashPrefix, murmur3 } from './murmur3.ts'
import { referenceMurmur3 } from './testing/referenceMurmur3.ts'
import { testVectors } from './testing/testVectors.ts'

describe('the hash is MurmurHash3 x86 32', () => {
  it.each([
    ['', 0],
    ['test', 0xba6bd213],
    ['Hello, world!', 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('of %j, as published elsewhere', (text, hash) => {
    expect(murmur3(hashPrefix(''), text)).toBe(hash)
    expect(referenceMurmur3(text)).toBe(hash)
  })
})

describe('the published test vectors', () => {
  it.each(testVectors)('$flagKey + $targetingKey', ({ salt, flagKey, targetingKey, hash, bucket }) => {
    expect(referenceMurmur3(salt + flagKey + targetingKey)).toBe(hash)
    expect(murmur3(hashPrefix(salt + flagKey), targetingKey)).toBe(hash)
    expect(bucketOf(hashPrefix(salt + flagKey), targetingKey)).toBe(bucket)
  })
})

describe('a hash that starts from a prefix', () => {
  const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 20 })

  it('equals the hash of the joined text, at every length of both parts', () => {
    fc.assert(
      fc.property(ascii, ascii, (prefix, key) => {
        expect(murmur3(hashPrefix(prefix), key)).toBe(referenceMurmur3(prefix + key))
      }),
      { numRuns: 2000 },
    )
  })

  it('encodes any letters, and halves of letters, as TextEncoder does', () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('a', 'é', '😀'),
    )
    fc.assert(
      fc.property(ascii, fc.array(unit, { maxLength: 24 }), (prefix, units) => {
        expect(murmur3(hashPrefix(prefix), units.join(''))).toBe(referenceMurmur3(prefix + units.join('')))
      }),
      { numRuns: 2000 },
    )
  })
})
