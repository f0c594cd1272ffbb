import type { WindowCursor } from '@gradvis/rollout'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cursorAt, positionAt, type ReaderPosition } from './ReaderPosition.ts'

const writer = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const id = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n })
const time = fc.double({ noNaN: true })
const of = fc.record({ until: writer, rollUps: id, sinceMs: time })
const service = fc.string({ minLength: 1, unit: 'binary' })
const key = fc.record({ slotMs: time, service, implementation: fc.constantFrom('legacy', 'migrated') })

const aPosition: fc.Arbitrary<ReaderPosition> = fc.oneof(
  fc.record({ in: fc.constant('roll-ups'), of, after: key }),
  fc.record({ in: fc.constant('windows'), after: fc.record({ writer, id }) }),
  fc.record({ in: fc.constant('windows'), of, after: fc.record({ writer, id }) }),
)

describe('a cursor', () => {
  it('says where its reader stands, whatever services are called', () => {
    fc.assert(
      fc.property(aPosition, (position) => {
        expect(normal(positionAt('sqlite', cursorAt('sqlite', position)))).toEqual(normal(position))
      }),
    )
  })

  it('is none when another kind of store has made it, or nobody', () => {
    const elsewhere = cursorAt('postgres', { in: 'windows', after: { writer: 1n, id: 0n } })
    expect(positionAt('sqlite', elsewhere)).toBeUndefined()
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `sqlite:${rest}`),
        ),
        (text) => {
          const position = positionAt('sqlite', text as WindowCursor)
          expect(position === undefined || /^sqlite:(\d|roll-ups)/.test(text)).toBe(true)
        },
      ),
    )
    expect(positionAt('sqlite', undefined)).toBeUndefined()
  })
})

/** Text knows no negative zero. */
function normal(position: ReaderPosition | undefined): unknown {
  return JSON.stringify(position, (_key, value: unknown) =>
    typeof value === 'bigint' || value === Infinity || value === -Infinity ? String(value) : value,
  )
}
