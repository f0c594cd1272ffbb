import { describe, expect, it } from 'vitest'

import type { RecordHead, RecordLog, RecordRow } from '../records/RecordLog.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { OpenRecordLogRig } from './RecordLogRig.ts'

/** Rows that follow a head; their hash tells whether they were chained to it. */
function rowsAfter(head: RecordHead, count: number, name = 'row'): readonly RecordRow[] {
  let { hash } = head
  return Array.from({ length: count }, (_none, index) => {
    const sequence = head.sequence + index + 1
    hash = `${name}-${sequence} after ${hash.split(' ')[0]}`
    return { sequence, body: `${name} ${sequence}`, hash, personal: `about ${name} ${sequence}` }
  })
}

const append = (log: RecordLog, count: number, name?: string) =>
  log.append((head) => ({ rows: rowsAfter(head, count, name) }))

/** What any record log must do. `open` gives a fresh, empty one. `prefix` is that of its tables. */
export function describeRecordLog(name: string, open: OpenRecordLogRig, prefix = ''): void {
  describe(`${name}: appending records`, () => {
    it('begins empty, and tells each writer where it ends', async () => {
      await using rig = await open()
      expect(await rig.log.head()).toEqual({ sequence: 0, hash: '' })
      expect(await rig.log.read(0, 10)).toEqual([])
      await append(rig.log, 2)
      await append(rig.log, 1)
      const expected = rowsAfter({ sequence: 0, hash: '' }, 3)
      expect(await rig.log.read(0, 10)).toEqual(expected)
      expect(await rig.log.head()).toEqual({ sequence: 3, hash: expected[2]?.hash })
    })

    it('gives back every text as it was, and none for none', async () => {
      await using rig = await open()
      const body = `{ "b":1,  "a":1 }\t\\u0000 'å–漢😀' ${'x'.repeat(100_000)}`
      const row = { sequence: 1, body, hash: body.slice(0, 5), personal: null }
      await rig.log.append(() => ({ rows: [row] }))
      expect(await rig.log.read(0, 1)).toEqual([row])
    })

    it('reads in pages', async () => {
      await using rig = await open()
      await append(rig.log, 5)
      const sequences = async (after: number, limit: number) =>
        (await rig.log.read(after, limit)).map(({ sequence }) => sequence)
      expect(await sequences(0, 2)).toEqual([1, 2])
      expect(await sequences(2, 2)).toEqual([3, 4])
      expect(await sequences(4, 2)).toEqual([5])
      expect(await sequences(5, 2)).toEqual([])
    })

    it('is one chain, whoever appends at the same time', async () => {
      await using rig = await open()
      const logs = [rig.log, await rig.openAnother(), await rig.openAnother()]
      await Promise.all(logs.flatMap((log, index) => [5, 1, 3].map((count) => append(log, count, `writer-${index}`))))
      const rows = await rig.log.read(0, 100)
      expect(rows).toHaveLength(27)
      expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_row, index) => index + 1))
      rows.forEach(({ hash }, index) => expect(hash).toContain(` after ${rows[index - 1]?.hash.split(' ')[0] ?? ''}`))
    })

    it('writes nothing of what the writer throws at, or of rows that do not follow the head', async () => {
      await using rig = await open()
      await append(rig.log, 1)
      const head = await rig.log.head()
      const throwing = rig.log.append(() => {
        throw rolloutStoreErrors.create('full', {})
      })
      await expect(throwing).rejects.toMatchObject({ code: 'rollout_store.full' })
      for (const sequences of [[1], [3], [2, 2], [2, 4], [2, 1]]) {
        const rows = sequences.map((sequence) => ({ sequence, body: '', hash: '', personal: null }))
        await expect(rig.log.append(() => ({ rows }))).rejects.toMatchObject({ code: 'rollout_store.failed' })
      }
      expect(await rig.log.head()).toEqual(head)
      expect(await rig.log.read(0, 10)).toHaveLength(1)
    })

    it('is closed for good', async () => {
      await using rig = await open()
      await rig.log.close()
      await rig.log.close()
      const closed = { code: 'rollout_store.closed' }
      await expect(append(rig.log, 1)).rejects.toMatchObject(closed)
      await expect(rig.log.read(0, 1)).rejects.toMatchObject(closed)
      await expect(rig.log.head()).rejects.toMatchObject(closed)
    })
  })

  describe(`${name}: forgetting`, () => {
    it('takes the personal part of some rows and nothing else, together with what is appended', async () => {
      await using rig = await open()
      await append(rig.log, 4)
      const before = await rig.log.read(0, 10)
      await rig.log.append((head) => ({ rows: rowsAfter(head, 1), forget: [2, 4, 17] }))
      const after = await rig.log.read(0, 10)
      expect(after.map(({ personal }) => personal === null)).toEqual([false, true, false, true, false])
      expect(after.slice(0, 4).map(({ body, hash }) => [body, hash])).toEqual(
        before.map(({ body, hash }) => [body, hash]),
      )
      await rig.log.append(() => ({ rows: [], forget: [2, 4] }))
      expect(await rig.log.read(0, 10)).toEqual(after)
    })

    it('forgets nothing where what is appended is refused', async () => {
      await using rig = await open()
      await append(rig.log, 1)
      const rows = [{ sequence: 7, body: '', hash: '', personal: null }]
      await expect(rig.log.append(() => ({ rows, forget: [1] }))).rejects.toMatchObject({
        code: 'rollout_store.failed',
      })
      expect((await rig.log.read(0, 1))[0]?.personal).toBe('about row 1')
    })
  })

  describe(`${name}: whoever goes past the log`, () => {
    it.each([
      `update record set body = 'x' where sequence = 1`,
      `update record set hash = 'x' where sequence = 1`,
      `update record set sequence = 9 where sequence = 3`,
      `update record set personal = 'x' where sequence = 1`,
      'update record set personal = null, hash = hash || body where sequence = 1',
      'delete from record where sequence = 3',
      `insert into record (sequence, body, hash) values (9, '', '')`,
      `insert into record (sequence, body, hash) values (0, '', '')`,
      `update record_head set sequence = 2, hash = 'x'`,
      `update record_head set sequence = 9`,
      'delete from record_head',
    ])('is refused: %s', async (sql) => {
      await using rig = await open()
      await append(rig.log, 3)
      const before = await rig.log.read(0, 10)
      await expect(rig.query(sql.replace(/record(_head)?\b/, `${prefix}$&`))).rejects.toThrow(/record/)
      expect(await rig.log.read(0, 10)).toEqual(before)
      expect(await rig.log.head()).toMatchObject({ sequence: 3 })
    })
  })
}
