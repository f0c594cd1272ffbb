import { defineErrors, isServiceError } from '@gradvis/kernel'
import { beforeEach, describe, expect, it } from 'vitest'

import { guardError } from './guardError.ts'
import type { LeakFinding } from './LeakFinding.ts'
import { LeakGuard } from './LeakGuard.ts'

const PERSONNUMMER = '19900101-0017'
const source = { service: 'NoteService', implementation: 'migrated' } as const
const errors = defineErrors('note', {
  unknown_label: { fault: 'caller', retryable: false, sv: 'Okänt: {{label}}.', en: 'Unknown: {{label}}.' },
})
let findings: LeakFinding[]
let guard: LeakGuard
const clean = (error: unknown) => guardError(error, guard, source)
/** Everything that an error shows to whoever prints it. */
const shown = (error: unknown): string =>
  error instanceof Error
    ? [error.message, error.stack, JSON.stringify(error), shown(error.cause)].join('\n')
    : String(error)

beforeEach(() => {
  findings = []
  guard = new LeakGuard({ onFinding: (finding) => findings.push(finding) })
})

describe('an error that leaves a service', () => {
  it('is the same object, untouched, where nothing is found', () => {
    const error = errors.create('unknown_label', { label: 'meeting' }, { cause: new Error('why') })
    const before = shown(error)
    expect(clean(error)).toBe(error)
    expect([shown(error), findings]).toEqual([before, []])
  })

  it('loses what is found in message, stack, parameters and causes, and stays what it is', () => {
    const cause = Object.assign(new TypeError(`no such file: /${PERSONNUMMER}.txt`), { path: PERSONNUMMER })
    const error = errors.create('unknown_label', { label: PERSONNUMMER }, { cause })
    const cleaned = clean(error)
    expect(cleaned).toBe(error)
    expect(isServiceError(cleaned)).toBe(true)
    expect(shown(cleaned)).not.toContain(PERSONNUMMER)
    expect(error.message).toBe('Okänt: [personnummer].')
    expect([error.params, cause.path]).toEqual([{ label: '[personnummer]' }, '[personnummer]'])
    expect(error.stack).toContain('guardError.test')
    expect(findings.map(({ channel, path }) => [channel, path])).toEqual(
      expect.arrayContaining([
        ['error', 'refusal.params.label'],
        ['error', 'refusal.message'],
        ['error', 'cause.path'],
        ['error', 'cause.message'],
      ]),
    )
  })

  it('may be anything that can be thrown', () => {
    expect(clean(PERSONNUMMER)).toBe('[personnummer]')
    expect(clean({ message: PERSONNUMMER })).toEqual({ message: '[personnummer]' })
    expect([clean(undefined), clean(null), clean(7)]).toEqual([undefined, null, 7])
    expect(shown(clean(new Error('outer', { cause: { note: PERSONNUMMER } })))).not.toContain(PERSONNUMMER)
  })

  it('is withheld when it is frozen with personal data in it', () => {
    const frozen = Object.freeze(new RangeError(PERSONNUMMER))
    expect(clean(frozen)).not.toBe(frozen)
    expect(shown(clean(frozen))).not.toContain(PERSONNUMMER)
  })

  it('shows no cause that is too deep to be read, and may be its own cause', () => {
    let error = new Error(PERSONNUMMER)
    for (let depth = 0; depth < 20; depth++) error = new Error('outer', { cause: error })
    expect(shown(clean(error))).not.toContain(PERSONNUMMER)
    const many = new AggregateError([new Error(PERSONNUMMER), PERSONNUMMER], 'many')
    clean(many)
    expect(many.errors.map(shown).join()).not.toContain(PERSONNUMMER)
    const circular = new Error('round')
    circular.cause = circular
    expect(clean(circular)).toBe(circular)
  })

  it('is withheld when it is frozen, and what it holds is clean but for its cause or a member', () => {
    const cause = { note: PERSONNUMMER }
    expect(shown(clean(Object.freeze(new Error('outer', { cause: PERSONNUMMER }))))).not.toContain(PERSONNUMMER)
    expect(clean(Object.freeze(new Error('outer', { cause })))).not.toHaveProperty('cause')
    expect(clean(Object.freeze(new AggregateError([PERSONNUMMER], 'many')))).not.toHaveProperty('errors')
    expect(cause).toEqual({ note: PERSONNUMMER })
  })

  it('tells what is found in a cause as a cause, whatever the cause is: others may have thrown it', () => {
    for (const cause of [PERSONNUMMER, { note: PERSONNUMMER }, new Error(PERSONNUMMER)])
      clean(new Error('outer', { cause }))
    clean(new AggregateError([PERSONNUMMER], 'many'))
    expect(new Set(findings.map(({ path }) => path))).toEqual(new Set(['cause', 'cause.note', 'cause.message']))
  })

  it.each<[string, () => unknown]>([
    ['message', () => throwingOn('message')],
    ['cause', () => throwingOn('cause')],
    ['any other field', () => throwingOn('note')],
    ['every touch', () => revoked()],
    ['every touch of its cause', () => new Error('outer', { cause: revoked() })],
    ['members that are no list', () => Object.assign(new AggregateError([], 'many'), { errors: 7 })],
  ])('never makes the guard throw: %s', (_what, create) => {
    expect(() => clean(create())).not.toThrow()
    guard = new LeakGuard({ mode: 'observe', onFinding: () => {} })
    expect(() => clean(create())).not.toThrow()
  })

  it('is only reported on by a guard that observes', () => {
    guard = new LeakGuard({ mode: 'observe', onFinding: (finding) => findings.push(finding) })
    const error = errors.create('unknown_label', { label: PERSONNUMMER })
    expect(shown(clean(error))).toContain(PERSONNUMMER)
    expect(findings.length).toBeGreaterThan(0)
  })
})

function throwingOn(name: string): Error {
  const get = () => {
    throw new Error(PERSONNUMMER)
  }
  return Object.defineProperty(new Error('outer'), name, { get, enumerable: true })
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
