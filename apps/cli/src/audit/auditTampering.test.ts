import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { systemClock } from '@gradvis/kernel'
import { createAuditTrail, type TrailBreak, verifyLog } from '@gradvis/privacy'
import { namedPseudonyms } from '@gradvis/privacy/testing'
import { openRecordLog } from '@gradvis/rollout-store'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const COUNT = 20
const TRIGGERS = [
  'record_is_only_forgotten',
  'record_is_never_deleted',
  'record_is_without_gap',
  'record_moves_head',
  'record_head_follows_records',
]
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradvis-audit-'))
  const log = await openRecordLog(join(folder, 'whole.db'), { clock: systemClock })
  const trail = createAuditTrail({ log, clock: systemClock, pseudonyms: namedPseudonyms })
  for (let count = 1; count < COUNT; count++)
    await trail.record({
      action: 'BackupService.createBackup',
      service: 'BackupService',
      implementation: 'legacy',
      outcome: 'ok',
      subject: `subject-${count % 4}`,
      details: { count },
    })
  await trail.erase('subject-3')
  await log.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a verification finds in a copy of the file that somebody who owns it has written to. */
async function brokenAfter(...statements: readonly string[]): Promise<TrailBreak | undefined> {
  const file = join(folder, 'tampered.db')
  await copyFile(join(folder, 'whole.db'), file)
  const database = new DatabaseSync(file)
  for (const sql of [...TRIGGERS.map((name) => `drop trigger ${name}`), ...statements]) database.exec(sql)
  database.close()
  const log = await openRecordLog(file, { clock: systemClock })
  try {
    return (await verifyLog(log)).broken
  } finally {
    await log.close()
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${file}${suffix}`, { force: true })))
  }
}

const sequence = fc.integer({ min: 1, max: COUNT })
const property = <Value>(of: fc.Arbitrary<Value>, check: (value: Value) => Promise<void>) =>
  fc.assert(fc.asyncProperty(of, check), { numRuns: 60 })

describe('Whoever owns the file of an audit trail and writes to it', { timeout: 60_000 }, () => {
  it('changes nothing by writing nothing', async () => {
    expect(await brokenAfter()).toBeUndefined()
  })

  it('is found to have removed entries, and the first of them is named', () =>
    property(fc.tuple(sequence, fc.integer({ min: 1, max: 3 })), async ([first, count]) => {
      const last = first + count - 1
      const kind = last >= COUNT ? 'truncated' : 'removed'
      const removed = `delete from record where sequence between ${first} and ${last}`
      expect(await brokenAfter(removed)).toEqual({ kind, sequence: first })
      const closed = `update record set sequence = sequence - ${count} where sequence > ${last}`
      expect(await brokenAfter(removed, closed)).toEqual({ kind, sequence: first })
    }))

  it('is found to have cut off the end', () =>
    property(sequence, async (first) => {
      expect(await brokenAfter(`delete from record where sequence >= ${first}`)).toEqual({
        kind: 'truncated',
        sequence: first,
      })
    }))

  it('is found to have swapped entries, and the first of them is named', () =>
    property(fc.uniqueArray(sequence, { minLength: 2, maxLength: 2 }), async ([one, other]) => {
      const swap = [
        `update record set sequence = -1 where sequence = ${one}`,
        `update record set sequence = ${one} where sequence = ${other}`,
        `update record set sequence = ${other} where sequence = -1`,
      ]
      expect(await brokenAfter(...swap)).toEqual({ kind: 'moved', sequence: Math.min(one ?? 0, other ?? 0) })
    }))

  it('is found to have edited an entry, which is named', () =>
    property(
      fc.tuple(sequence, fc.constantFrom('body', 'hash', 'personal'), fc.nat()),
      async ([edited, column, at]) => {
        const place = `(1 + ${at} % length(${column}))`
        const next = `char(33 + (unicode(substr(${column}, ${place}, 1)) - 32) % 90)`
        const text = `substr(${column}, 1, ${place} - 1) || ${next} || substr(${column}, ${place} + 1)`
        const isForgotten = column === 'personal' && (edited % 4 === 3 || edited === COUNT)
        const broken = await brokenAfter(`update record set ${column} = ${text} where sequence = ${edited}`)
        // What is null has no characters to change.
        expect(broken?.sequence).toBe(isForgotten ? undefined : edited)
      },
    ))

  it('is found to have taken or brought back a personal part', () =>
    property(sequence, async (taken) => {
      const isErased = taken % 4 === 3
      const hadNone = isErased || taken === COUNT
      expect(await brokenAfter(`update record set personal = null where sequence = ${taken}`)).toEqual(
        hadNone ? undefined : { kind: 'erased-without-entry', sequence: taken },
      )
      const put = `update record set personal = '{"salt":""}' where sequence = ${taken}`
      expect(await brokenAfter(put)).toEqual({ kind: 'personal-edited', sequence: taken })
    }))

  it('is found to have moved the end that the store knows of', () =>
    property(sequence, async (end) => {
      const earlier = end - 1
      expect(await brokenAfter(`update record_head set sequence = ${earlier}`)).toEqual({
        kind: 'added',
        sequence: end,
      })
      expect(await brokenAfter(`update record_head set sequence = ${COUNT + end}`)).toEqual({
        kind: 'truncated',
        sequence: COUNT + 1,
      })
    }))
})
