import { ManualClock } from '@gradvis/kernel/testing'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'

import { aRecord } from '../testing/aRecord.ts'
import { InMemoryRecordLog } from '../testing/InMemoryRecordLog.ts'
import { namedPseudonyms as pseudonyms } from '../testing/namedPseudonyms.ts'
import { linkHash } from './chainHash.ts'
import { createAuditTrail } from './createAuditTrail.ts'
import { exportedEntry, parseExportLine } from './exportedEntry.ts'
import type { RecordRow } from './RecordLog.ts'
import { verifyExport } from './verifyExport.ts'
import { verifyLog } from './verifyLog.ts'

const COUNT = 12
const KEY = new Uint8Array(32).fill(7)

async function aLog(key?: Uint8Array, name = 'user') {
  const log = new InMemoryRecordLog()
  const trail = createAuditTrail({ log, clock: new ManualClock(), pseudonyms, key })
  for (let count = 1; count < COUNT; count++)
    await trail.record(aRecord({ subject: `${name}-${count % 3}`, details: { count } }))
  await trail.erase(`${name}-2`)
  return log
}

let log: InMemoryRecordLog
beforeEach(async () => {
  log = await aLog()
})

const parsed = (row: RecordRow | undefined) => JSON.parse(row?.body ?? '') as object
const brokenOf = async () => (await verifyLog(log)).broken
const rowOf = (sequence: number) => log.rows[sequence - 1] as RecordRow
const change = (sequence: number, fields: Partial<RecordRow>) => {
  log.rows[sequence - 1] = { ...rowOf(sequence), ...fields }
}

describe('Verifying a trail', () => {
  it('accepts what was written, and says where it ends', async () => {
    expect(await verifyLog(log)).toEqual({
      first: 1,
      entries: COUNT,
      erased: 4,
      checkpoint: await log.head(),
      broken: undefined,
    })
    expect(await verifyLog(new InMemoryRecordLog())).toMatchObject({ entries: 0, broken: undefined })
  })

  it('finds which entry was removed', async () => {
    log.rows.splice(4, 1)
    expect(await verifyLog(log)).toMatchObject({ entries: 4, broken: { kind: 'removed', sequence: 5 } })
  })

  it('finds an entry that was removed also where those behind it moved up', async () => {
    log.rows = log.rows
      .filter((_row, index) => index !== 4)
      .map((row, index) => Object.assign({}, row, { sequence: index + 1 }))
    expect(await brokenOf()).toEqual({ kind: 'removed', sequence: 5 })
  })

  it('finds which entries were swapped', async () => {
    const [third, fifth] = [rowOf(3), rowOf(5)]
    change(3, { ...fifth, sequence: 3 })
    change(5, { ...third, sequence: 5 })
    expect(await brokenOf()).toEqual({ kind: 'moved', sequence: 3 })
  })

  it('finds the end that was cut off', async () => {
    log.rows.length = 9
    expect(await verifyLog(log)).toMatchObject({ entries: 9, broken: { kind: 'truncated', sequence: 10 } })
    log.rows.length = 0
    expect(await verifyLog(log)).toMatchObject({ entries: 0, broken: { kind: 'truncated', sequence: 1 } })
  })

  it('finds a row behind the end', async () => {
    log.lastHead = rowOf(10)
    expect(await brokenOf()).toEqual({ kind: 'added', sequence: 11 })
  })

  it('finds what was changed, and whether it was the personal part', async () => {
    change(6, { body: rowOf(6).body.replace('"ok"', '"fault"') })
    expect(await brokenOf()).toEqual({ kind: 'edited', sequence: 6 })
    log = await aLog()
    change(6, { personal: rowOf(6).personal?.replace('resu', 'rusu') ?? null })
    expect(await verifyLog(log)).toMatchObject({ entries: 5, broken: { kind: 'personal-edited', sequence: 6 } })
  })

  it('tells an erasure from a personal part that somebody took', async () => {
    change(3, { personal: null })
    expect(await brokenOf()).toEqual({ kind: 'erased-without-entry', sequence: 3 })
  })

  it('finds personal data that came back after it was erased, as from a backup', async () => {
    const whole = new InMemoryRecordLog()
    const trail = createAuditTrail({ log: whole, clock: new ManualClock(), pseudonyms })
    await trail.record(aRecord({ subject: 'user-1' }))
    const [row] = whole.rows
    await trail.erase('user-1')
    whole.rows[0] = row as RecordRow
    expect((await verifyLog(whole)).broken).toEqual({ kind: 'restored', sequence: 1 })
    // An entry that never named anybody has nothing that an erasure could have taken.
    await trail.record(aRecord())
    const erasure = JSON.stringify({ ...parsed(whole.rows[1]), sequence: 4, details: { sequences: '3' } })
    await whole.append(({ hash }) => ({
      rows: [{ sequence: 4, body: erasure, hash: linkHash(hash, erasure, undefined), personal: null }],
    }))
    whole.rows[0] = { ...(row as RecordRow), personal: null }
    expect((await verifyLog(whole)).broken).toEqual({ kind: 'restored', sequence: 3 })
  })

  it('takes no erasure that comes while it reads for personal data that came back', async () => {
    const busy = new InMemoryRecordLog()
    const trail = createAuditTrail({ log: busy, clock: new ManualClock(), pseudonyms })
    for (const subject of ['user-1', 'user-2', 'user-1', 'user-3']) await trail.record(aRecord({ subject }))
    const waiting = ['user-1', 'user-2']
    const read = async (after: number) => {
      const page = await busy.read(after, 2)
      // Read already, as it was before, when the erasure comes.
      const subject = page.length > 0 ? waiting.shift() : undefined
      if (subject !== undefined) await trail.erase(subject)
      return page
    }
    const report = await verifyLog({ read, head: () => busy.head() })
    expect(report).toMatchObject({ entries: 6, erased: 3, broken: undefined })
  })

  it('finds whatever is done to one row', async () => {
    const arbitrary = fc.record({
      sequence: fc.integer({ min: 1, max: COUNT }),
      field: fc.constantFrom('body', 'hash', 'personal'),
      at: fc.nat(),
      by: fc.constantFrom('0', '9', 'x', '"', ' ', ''),
    })
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ sequence, field, at, by }) => {
        const row = rowOf(sequence)
        const text = row[field as 'body'] as string | null
        fc.pre(text !== null)
        const place = at % text.length
        const changed = text.slice(0, place) + by + text.slice(place + 1)
        fc.pre(changed !== text)
        change(sequence, { [field]: changed })
        expect(await brokenOf()).toMatchObject({ sequence })
        log.rows[sequence - 1] = row
      }),
      { numRuns: 500 },
    )
  })
})

describe('A checkpoint that was kept elsewhere', () => {
  it('finds an older copy, which is whole in itself', async () => {
    const older = { rows: log.rows, head: await log.head() }
    await createAuditTrail({ log, clock: new ManualClock(), pseudonyms }).record(aRecord())
    const checkpoint = await log.head()
    log.rows = older.rows
    log.lastHead = older.head
    expect(await verifyLog(log)).toMatchObject({ entries: COUNT, broken: undefined })
    expect((await verifyLog(log, { checkpoint })).broken).toEqual({ kind: 'truncated', sequence: COUNT + 1 })
  })

  it('finds another chain, which is whole in itself, and accepts what has grown since', async () => {
    const checkpoint = await log.head()
    await createAuditTrail({ log, clock: new ManualClock(), pseudonyms }).record(aRecord())
    expect((await verifyLog(log, { checkpoint })).broken).toBeUndefined()
    const other = await aLog(undefined, 'guest')
    expect((await verifyLog(other, { checkpoint })).broken).toEqual({ kind: 'rewritten', sequence: COUNT })
  })
})

describe('A key', () => {
  it('finds a chain that somebody without it has written', async () => {
    const keyed = await aLog(KEY)
    expect((await verifyLog(keyed, { key: KEY })).broken).toBeUndefined()
    keyed.rows[11] = { ...rowOf(12), sequence: 12 }
    expect((await verifyLog(keyed, { key: KEY })).broken).toEqual({ kind: 'edited', sequence: 12 })
  })
})

describe('An export', () => {
  const lines = () =>
    log.rows.map((row, index) => JSON.stringify(exportedEntry({ row, previous: log.rows[index - 1]?.hash ?? '' })))

  it('verifies like the log, also with its lines formatted anew', async () => {
    expect(lines().map((text, index) => parseExportLine(text, index + 1).row)).toEqual(log.rows)
    const formatted = lines().map((text) => JSON.stringify(JSON.parse(text), null, 2))
    expect(await verifyExport(['', ...formatted, '  '])).toEqual(await verifyLog(log))
    expect(await verifyExport([])).toMatchObject({ entries: 0, broken: undefined })
  })

  it('verifies in parts, and says where the part begins', async () => {
    const part = lines().slice(4)
    expect(await verifyExport(part)).toMatchObject({ first: 5, entries: COUNT - 4, erased: 3, broken: undefined })
    expect((await verifyExport(part.with(0, part[0]?.replace('"ok"', '"fault"') ?? ''))).broken).toEqual({
      kind: 'edited',
      sequence: 5,
    })
    await expect(verifyExport(part, { checkpoint: { sequence: 3, hash: '' } })).rejects.toMatchObject({
      code: 'audit.checkpoint_before',
      params: { sequence: 3, first: 5 },
    })
  })

  it('tells lines that changed places from one that was removed', async () => {
    const [third = '', fourth = ''] = lines().slice(2)
    expect((await verifyExport(lines().with(2, fourth).with(3, third))).broken).toEqual({ kind: 'moved', sequence: 3 })
    expect((await verifyExport(lines().toSpliced(2, 1))).broken).toEqual({ kind: 'removed', sequence: 3 })
  })

  it('misses its end only with a checkpoint', async () => {
    const cut = lines().slice(0, 9)
    const checkpoint = await log.head()
    log.rows.length = 0
    // The erasures that explain what is gone were cut off, too.
    expect((await verifyExport(cut)).broken).toEqual({ kind: 'erased-without-entry', sequence: 2 })
    expect((await verifyExport(cut, { checkpoint })).broken).toEqual({ kind: 'truncated', sequence: 10 })
    expect((await verifyExport(cut.slice(0, 1))).broken).toBeUndefined()
  })

  it('holds what was damaged, and still verifies as damaged', async () => {
    change(4, { body: 'not JSON' })
    expect((await verifyExport(lines())).broken).toEqual({ kind: 'edited', sequence: 4 })
  })

  it.each(['[]', '{}', 'null', 'x', '{"sequence":1}', '{"sequence":"1","hash":"","previous":""}'])(
    'refuses the line %j',
    async (line) => {
      await expect(verifyExport([...lines(), line])).rejects.toMatchObject({
        code: 'audit.invalid_line',
        params: { line: COUNT + 1 },
      })
    },
  )
})
