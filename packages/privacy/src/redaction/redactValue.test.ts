import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { scanValue } from '../detection/scanValue.ts'
import { redactValue } from './redactValue.ts'

const NUMBER = '850709-9805'
const EMAIL = 'anna@exempel.example'

describe('Finding in values', () => {
  it('names path and kind in objects, arrays, maps, sets and errors, never the value', () => {
    const value = {
      participants: [{ contact: EMAIL }],
      byName: new Map([['a', NUMBER]]),
      seen: new Set([NUMBER]),
      failure: new Error(`no ${EMAIL}`, { cause: { id: NUMBER } }),
    }
    expect(scanValue(value)).toEqual([
      { kind: 'email', path: 'participants.0.contact' },
      { kind: 'personnummer', path: 'byName.a' },
      { kind: 'personnummer', path: 'seen.0' },
      { kind: 'email', path: 'failure.message' },
      { kind: 'email', path: 'failure.stack' },
      { kind: 'personnummer', path: 'failure.cause.id' },
    ])
  })

  it('reads keys, and calls those that are data *', () => {
    expect(scanValue({ by: { [EMAIL]: { id: NUMBER } } })).toEqual([
      { kind: 'email', path: 'by.*' },
      { kind: 'personnummer', path: 'by.*.id' },
    ])
  })

  it('reads numbers of twelve digits and no others', () => {
    expect(scanValue([198507099805, 198507099805n, 8507099805, 198507099806])).toEqual([
      { kind: 'personnummer', path: '0' },
      { kind: 'personnummer', path: '1' },
    ])
  })

  it('knows secrets and giro numbers by the name of the field', () => {
    expect(
      scanValue({ password: 'hunter22', bankgiro: '5050-1055', token: 'BackupService', quota: '5050-1055' }),
    ).toEqual([
      { kind: 'secret', path: 'password' },
      { kind: 'bankgiro', path: 'bankgiro' },
    ])
  })

  it('passes over dates, binary data and getters that throw', () => {
    const value = {
      at: new Date(0),
      bytes: Buffer.from(NUMBER),
      view: new Uint8Array([1]),
      get broken(): string {
        throw new Error(NUMBER)
      },
    }
    expect(scanValue(value)).toEqual([])
  })

  it('leaves declared fields out, by name and by *', () => {
    const classification = { subject: 'subject', 'endpoints.*.host': 'technical' } as const
    const value = { subject: EMAIL, endpoints: [{ host: '81.2.69.142', note: '81.2.69.142' }] }
    expect(scanValue(value, { classification })).toEqual([{ kind: 'ipv4', path: 'endpoints.0.note' }])
  })

  it('samples long texts: their beginning, middle and end', () => {
    const filler = 'x '.repeat(5_000)
    const options = { maxTextLength: 1_000 }
    expect(scanValue(`${filler}${NUMBER}${filler}`, options)).toHaveLength(1)
    expect(scanValue(`${filler}${filler} ${NUMBER}`, options)).toHaveLength(1)
    expect(scanValue(`${'x '.repeat(600)}${NUMBER}${filler}${filler}`, options)).toEqual([])
  })
})

describe('Redacting values', () => {
  it('gives back the very value where nothing is found', () => {
    const value = { a: ['x'], at: new Date(0) }
    expect(redactValue(value).value).toBe(value)
  })

  it('copies only what holds something, and keeps structure and classes', () => {
    class Member {
      readonly email = EMAIL
    }
    const clean = { keep: true }
    const value = { clean, member: new Member(), map: new Map<unknown, unknown>([[7, NUMBER]]), at: new Date(0) }
    const { value: copy, findings } = redactValue(value)
    expect(copy).not.toBe(value)
    expect(copy.clean).toBe(clean)
    expect(copy.at).toBe(value.at)
    expect(copy.member).toBeInstanceOf(Member)
    expect(copy.member.email).toBe('[email]')
    expect(copy.map).toEqual(new Map([[7, '[personnummer]']]))
    expect(findings).toHaveLength(2)
    expect(value.member.email).toBe(EMAIL)
  })

  it('cleans message, stack and cause of an error and keeps its class', () => {
    const error = new TypeError(`no ${EMAIL}`, { cause: new Error(NUMBER) })
    const { value } = redactValue(error)
    expect(value).toBeInstanceOf(TypeError)
    expect(value.message).toBe('no [email]')
    expect(value.stack).not.toContain(EMAIL)
    expect((value.cause as Error).message).toBe('[personnummer]')
    expect(JSON.stringify(Object.keys(value))).toBe(JSON.stringify(Object.keys(error)))
  })

  it('keeps cycles and shared objects as they were', () => {
    const shared = { id: NUMBER }
    const value: { first: object; second: object; self?: unknown } = { first: shared, second: shared }
    value.self = value
    const { value: copy } = redactValue(value)
    expect(copy.self).toBe(copy)
    expect(copy.first).toBe(copy.second)
    expect(copy.first).toEqual({ id: '[personnummer]' })
  })

  it('handles declared fields as their class says', () => {
    const classification = { owner: 'subject', 'people.*': 'name', host: 'technical' } as const
    const value = { owner: 'user-1', people: ['Test Testsson', null], host: '81.2.69.142' }
    const pseudonyms = { of: (subject: string) => `p-${subject}` }
    expect(redactValue(value, { classification, pseudonyms })).toEqual({
      value: { owner: 'p-user-1', people: ['[name]', null], host: '81.2.69.142' },
      findings: [],
    })
    expect(redactValue({ owner: 'user-1' }, { classification }).value).toEqual({ owner: '[subject]' })
  })

  it('cleans what toJSON would write, what getters gave, and keys without losing an entry', () => {
    const url = new URL(`https://x.example/?mail=${EMAIL}`)
    const hidden = { toJSON: () => ({ id: NUMBER }) }
    let calls = 0
    const moody = {
      get id() {
        return calls++ === 0 ? 'fine' : NUMBER
      },
    }
    const { value } = redactValue({ url, hidden, moody, by: { [EMAIL]: 1, 'bo@exempel.example': 2 } })
    expect(JSON.stringify(value)).toBe(
      '{"url":"https://x.example/?mail=[email]","hidden":{"id":"[personnummer]"},"moody":{"id":"fine"},"by":{"[email]":1,"[email] 2":2}}',
    )
  })

  it('cuts long texts and leaves out what lies too deep', () => {
    const long = `${'x '.repeat(40)}${NUMBER}${' x'.repeat(400)}`
    const { value } = redactValue({ long }, { maxTextLength: 85 })
    expect(value.long).toBe(`${'x '.repeat(40)}… [${long.length - 80} characters cut]`)
    let deep: object = { id: NUMBER }
    for (let depth = 0; depth < 100; depth++) deep = { deep }
    expect(JSON.stringify(redactValue(deep).value)).toMatch(/\[unread\]/)
    expect(JSON.stringify(redactValue(deep).value)).not.toContain(NUMBER)
  })

  it('leaves nothing to be found again in any value, and never throws', () => {
    const text = fc.oneof(fc.constantFrom(NUMBER, EMAIL, `x ${NUMBER} y`, '198507099805'), fc.string())
    fc.assert(
      fc.property(
        fc.object({ key: text, values: [text, fc.double(), fc.constant(null)], withMap: true, withSet: true }),
        (value) => {
          expect(scanValue(redactValue(value).value)).toEqual([])
        },
      ),
    )
  })
})
