import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { aRecord } from '../testing/aRecord.ts'
import { InMemoryRecordLog } from '../testing/InMemoryRecordLog.ts'
import { namedPseudonyms as pseudonyms } from '../testing/namedPseudonyms.ts'
import { parseAuditEntry, parsePersonalPart } from './AuditEntry.ts'
import type { AuditTrailOptions } from './createAuditTrail.ts'
import { createAuditTrail } from './createAuditTrail.ts'
import { verifyLog } from './verifyLog.ts'

const KEY = new Uint8Array(32).fill(7)

function open(options: Partial<AuditTrailOptions> = {}) {
  const log = new InMemoryRecordLog()
  const clock = new ManualClock('2025-01-10T08:00:00Z')
  return { log, clock, trail: createAuditTrail({ log, clock, pseudonyms, ...options }) }
}

const entriesOf = (log: InMemoryRecordLog) => log.rows.map(({ body }) => parseAuditEntry(body))
const peopleOf = (log: InMemoryRecordLog) =>
  log.rows.map(({ personal }) => {
    const part = personal === null ? undefined : parsePersonalPart(personal)
    return part && { subject: part.subject, actor: part.actor }
  })

describe('An audit trail: recording', () => {
  it('keeps what was done, with pseudonyms for people, apart from the rest', async () => {
    const { log, clock, trail } = open()
    await trail.record(aRecord({ subject: 'user-1', actor: 'anna', details: { bytes: 12, full: true } }))
    await trail.record(aRecord({ outcome: 'refused', code: 'backup.not_found', implementation: 'legacy' }))
    expect(entriesOf(log)).toMatchObject([
      { sequence: 1, at: clock.now(), outcome: 'ok', implementation: 'migrated', details: { bytes: 12, full: true } },
      { sequence: 2, outcome: 'refused', code: 'backup.not_found', implementation: 'legacy' },
    ])
    expect(peopleOf(log)).toEqual([{ subject: 'p-1-resu', actor: 'p-anna' }, undefined])
    expect(JSON.stringify(log.rows)).not.toContain('user-1')
    expect(log.rows[0]?.body).not.toContain('resu')
    expect((await verifyLog(log)).broken).toBeUndefined()
  })

  it('takes what callers have typed for what it is', async () => {
    const { log, trail } = open()
    const details = { list: ['user-1'], none: undefined, many: Infinity, text: 'x'.repeat(5000) } as unknown as Record<
      string,
      string
    >
    await trail.record(aRecord({ subject: 12 as unknown as string, actor: '', details }))
    expect(entriesOf(log)).toMatchObject([{ details: { many: 'Infinity', text: 'x'.repeat(200) } }])
    expect(Object.keys(entriesOf(log)[0]?.details ?? {})).toEqual(['many', 'text'])
    expect(peopleOf(log)).toEqual([undefined])
    expect((await verifyLog(log)).broken).toBeUndefined()
  })

  it('writes what is recorded at the same time in one transaction, in the order of the calls', async () => {
    const { log, trail } = open()
    await Promise.all([1, 2, 3].map((count) => trail.record(aRecord({ details: { count } }))))
    expect(log.appends).toBe(1)
    expect(entriesOf(log).map((entry) => entry?.details)).toEqual([{ count: 1 }, { count: 2 }, { count: 3 }])
  })

  it('refuses more than may wait, and goes on afterwards', async () => {
    const { log, trail } = open({ maxWaiting: 2 })
    const [, , third] = await Promise.allSettled([1, 2, 3].map(() => trail.record(aRecord())))
    expect(third).toMatchObject({ reason: { code: 'audit.overloaded', params: { limit: 2 } } })
    await trail.record(aRecord())
    expect(log.rows).toHaveLength(3)
  })

  it('rejects each record of a write that fails, with the reason, and writes the next one', async () => {
    const { log, trail } = open()
    const cause = new Error('disk')
    log.failure = cause
    const refused = await Promise.allSettled([trail.record(aRecord()), trail.record(aRecord())])
    for (const one of refused)
      expect(one).toMatchObject({ reason: { code: 'audit.unwritable', retryable: true, cause } })
    log.failure = undefined
    await trail.record(aRecord())
    expect(log.rows).toHaveLength(1)
  })

  it('writes what waits when it is closed, and nothing afterwards', async () => {
    const { log, trail } = open()
    const recorded = trail.record(aRecord())
    await trail.close()
    await trail.close()
    await recorded
    expect(log.rows).toHaveLength(1)
    await expect(trail.record(aRecord())).rejects.toMatchObject({ code: 'audit.closed' })
    await expect(trail.erase('user-1')).rejects.toMatchObject({ code: 'audit.closed' })
  })
})

describe('An audit trail: its key', () => {
  it('goes on where another trail with the same key has ended', async () => {
    const { log, clock, trail } = open({ key: KEY })
    await trail.record(aRecord())
    await createAuditTrail({ log, clock, pseudonyms, key: KEY }).record(aRecord())
    expect(await verifyLog(log, { key: KEY })).toMatchObject({ entries: 2, broken: undefined })
  })

  it.each([
    ['without it', KEY, undefined, 'audit.key_needed'],
    ['with another one', KEY, new Uint8Array(32), 'audit.wrong_key'],
    ['with one where it began without', undefined, KEY, 'audit.wrong_key'],
  ])('is asked for: %s nothing is written', async (_case, first, second, code) => {
    const { log, clock, trail } = open({ key: first })
    await trail.record(aRecord())
    const another = createAuditTrail({ log, clock, pseudonyms, key: second })
    await expect(another.record(aRecord())).rejects.toMatchObject({ code })
    await expect(verifyLog(log, { key: second })).rejects.toMatchObject({ code })
    expect(log.rows).toHaveLength(1)
  })
})

describe('An audit trail: erasing a subject', () => {
  it('forgets them in every entry, under every key, says which, and stays whole', async () => {
    const { log, clock, trail } = open()
    const older = createAuditTrail({
      log,
      clock,
      pseudonyms: { of: (subject) => pseudonyms.all(subject)[1] ?? '', all: pseudonyms.all },
    })
    await older.record(aRecord({ subject: 'user-1' }))
    await trail.record(aRecord({ subject: 'user-2' }))
    await trail.record(aRecord({ subject: 'user-1' }))
    void trail.record(aRecord({ subject: 'user-2', actor: 'user-1' }))
    const erasing = trail.erase('user-1', { actor: 'anna' })
    expect(await erasing).toEqual({ entries: 3, sequences: '1,3-4' })
    expect(peopleOf(log)).toEqual([
      undefined,
      { subject: 'p-2-resu', actor: undefined },
      undefined,
      undefined,
      { subject: undefined, actor: 'p-anna' },
    ])
    expect(entriesOf(log)[4]).toMatchObject({ action: 'audit.erased', details: { sequences: '1,3-4' } })
    expect(JSON.stringify(log.rows)).not.toContain('1-resu')
    expect(await verifyLog(log)).toMatchObject({ entries: 5, erased: 3, broken: undefined })
  })

  it('writes nothing where they are in no entry, also when asked twice', async () => {
    const { log, trail } = open()
    await trail.record(aRecord({ subject: 'user-12' }))
    expect(await trail.erase('user-1')).toEqual({ entries: 0, sequences: '' })
    await trail.erase('user-12')
    expect((await trail.erase('user-12')).entries).toBe(0)
    expect(log.rows).toHaveLength(2)
  })

  it('does not name whoever erases themselves', async () => {
    const { log, trail } = open()
    await trail.record(aRecord({ subject: 'user-1' }))
    await trail.erase('user-1', { actor: 'user-1' })
    expect(peopleOf(log)).toEqual([undefined, undefined])
  })

  it('says it in several entries where theirs lie scattered', async () => {
    const { log, trail } = open()
    const subjects = Array.from({ length: 1202 }, (_none, index) => (index % 2 === 0 ? 'user-1' : 'user-2'))
    await Promise.all(subjects.map((subject) => trail.record(aRecord({ subject }))))
    expect((await trail.erase('user-1')).entries).toBe(601)
    expect(log.rows).toHaveLength(1204)
    expect(await verifyLog(log)).toMatchObject({ erased: 601, broken: undefined })
  })
})
