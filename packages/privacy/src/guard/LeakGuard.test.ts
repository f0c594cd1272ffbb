import { RecordingLogger } from '@gradvis/kernel/testing'
import { beforeEach, describe, expect, it } from 'vitest'

import { createPseudonyms } from '../pseudonyms/createPseudonyms.ts'
import { RecordingAuditTrail } from '../testing/RecordingAuditTrail.ts'
import { guardAuditTrail } from './guardAuditTrail.ts'
import { guardLogger } from './guardLogger.ts'
import type { LeakFinding } from './LeakFinding.ts'
import { LeakGuard, type LeakGuardOptions } from './LeakGuard.ts'

const PERSONNUMMER = '19900101-0017'
const source = { service: 'NoteService', implementation: 'migrated' } as const
const emission = { channel: 'log', source } as const
let findings: LeakFinding[]

beforeEach(() => {
  findings = []
})

function guard(options: Partial<LeakGuardOptions> = {}): LeakGuard {
  return new LeakGuard({ onFinding: (finding) => findings.push(finding), ...options })
}

describe('what a service emits', () => {
  it('leaves as it is where nothing is found', () => {
    const fields = { count: 3, state: 'running', nested: { list: [1, 2] } }
    expect(guard().clean(fields, emission)).toBe(fields)
    expect(findings).toEqual([])
  })

  it('leaves without what is found, and the finding says where and what kind, never the value', () => {
    const cleaned = guard().clean({ note: `Kallelse till ${PERSONNUMMER}.` }, emission)
    expect(cleaned).toEqual({ note: 'Kallelse till [personnummer].' })
    expect(findings).toEqual([{ ...source, channel: 'log', kind: 'personnummer', path: 'note', redacted: true }])
    expect(JSON.stringify(findings)).not.toContain('0101')
  })

  it('is only reported on in the mode `observe`', () => {
    const fields = { note: PERSONNUMMER }
    expect(guard({ mode: 'observe' }).clean(fields, emission)).toBe(fields)
    expect(findings).toMatchObject([{ kind: 'personnummer', redacted: false }])
  })

  it('is no finding where the field is declared: a subject becomes a pseudonym', () => {
    const pseudonyms = createPseudonyms({ keys: [{ id: 'k1', secret: new Uint8Array(32).fill(7) }] })
    const classifications = { NoteService: { owner: 'subject', host: 'technical' } } as const
    const cleaned = guard({ classifications, pseudonyms }).clean({ owner: PERSONNUMMER, host: '192.0.2.7' }, emission)
    expect(cleaned).toEqual({ owner: pseudonyms.of(PERSONNUMMER), host: '192.0.2.7' })
    expect(findings).toEqual([])
  })

  it('loses its declared subject where there are no pseudonyms', () => {
    const classifications = { NoteService: { owner: 'subject' } } as const
    expect(guard({ classifications }).clean({ owner: 'someone' }, emission)).toEqual({ owner: '[subject]' })
  })

  it('is clean also when whoever is told of findings throws', () => {
    const cleaned = guard({
      onFinding() {
        throw new Error('listener')
      },
    }).clean(PERSONNUMMER, emission)
    expect(cleaned).toBe('[personnummer]')
  })

  it('may be hostile to whoever reads it: then it does not leave', () => {
    const { proxy, revoke } = Proxy.revocable({ note: PERSONNUMMER }, {})
    revoke()
    expect(guard().clean({ proxy }, emission)).toBe('[unread]')
    const logger = new RecordingLogger()
    guardLogger(logger, guard(), source).child({ proxy }).warn('hostile', { proxy })
    expect(logger.lines).toEqual([{ level: 'warn', message: 'hostile', fields: { fields: '[unread]' } }])
  })

  it('is told of by a path that holds no value either, and has an end', () => {
    const byNumber = new Map([[199001010017, PERSONNUMMER]])
    guard().clean({ byNumber, ['k'.repeat(100_000)]: PERSONNUMMER }, emission)
    expect(findings.map(({ path }) => path)).toEqual(['byNumber.[personnummer]', expect.stringMatching(/^k{200}…/)])
  })

  it('never leaves unread: the rest of a text that is too long is cut off', () => {
    const text = `${'x '.repeat(5_000)}${PERSONNUMMER}${' y'.repeat(500_000)}`
    const cleaned = guard({ maxTextLength: 1_000 }).clean(text, emission)
    expect(cleaned.length).toBeLessThan(1_200)
    expect(cleaned).not.toContain(PERSONNUMMER)
  })
})

describe('a guarded logger', () => {
  it('guards messages, fields and the fields of its children', () => {
    const logger = new RecordingLogger()
    const guarded = guardLogger(logger, guard(), source)
    guarded.child({ who: PERSONNUMMER }).warn(`about ${PERSONNUMMER}`, { note: PERSONNUMMER })
    guarded.info('plain')
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        message: 'about [personnummer]',
        fields: { who: '[personnummer]', note: '[personnummer]' },
      },
      { level: 'info', message: 'plain', fields: {} },
    ])
    expect(findings).toHaveLength(3)
  })
})

describe('a guarded audit trail', () => {
  it('hands on who it was about, which becomes a pseudonym there, and guards everything else', async () => {
    const trail = new RecordingAuditTrail()
    const record = { action: 'NoteService.add', ...source, outcome: 'ok', subject: PERSONNUMMER } as const
    await guardAuditTrail(trail, guard()).record({ ...record, details: { label: PERSONNUMMER } })
    expect(trail.records).toMatchObject([{ ...record, details: { label: '[personnummer]' } }])
    expect(findings).toMatchObject([{ channel: 'audit', path: 'details.label' }])
  })
})
