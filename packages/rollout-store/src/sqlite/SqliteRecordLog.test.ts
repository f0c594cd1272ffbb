import { readFile } from 'node:fs/promises'

import { systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { openRecordLog } from '../records/openRecordLog.ts'
import { describeRecordLog } from '../testing/describeRecordLog.ts'
import { openSqliteRecordLogRig } from '../testing/openRecordLogRig.ts'

describeRecordLog('SqliteRecordLog', openSqliteRecordLogRig)

describe('SqliteRecordLog', () => {
  it('leaves nothing of what it forgets in the file or its journal', async () => {
    await using rig = await openSqliteRecordLogRig()
    const personalOf = (sequence: number) => `${sequence % 7 === 0 ? 'forgotten' : 'remembered'}-${sequence}`
    const sequences = Array.from({ length: 500 }, (_none, index) => index + 1)
    for (const sequence of sequences) {
      const row = { sequence, body: 'b'.repeat(sequence), hash: String(sequence), personal: personalOf(sequence) }
      await rig.log.append(() => ({ rows: [row] }))
    }
    const isStored = async (text: string) => {
      const files = await Promise.all([rig.file, `${rig.file}-wal`].map((file) => readFile(file)))
      return files.some((bytes) => bytes.includes(text))
    }
    expect(await isStored('forgotten-7')).toBe(true)
    await rig.log.append(() => ({ rows: [], forget: sequences.filter((sequence) => sequence % 7 === 0) }))
    expect(await isStored('remembered-499')).toBe(true)
    expect(await isStored('forgotten-')).toBe(false)
  })

  it('is one of its own in a location of its own', async () => {
    const [one, other] = await Promise.all(
      [':memory:', ':memory:'].map((location) => openRecordLog(location, { clock: systemClock })),
    )
    await one?.append(() => ({ rows: [{ sequence: 1, body: '', hash: '', personal: null }] }))
    expect(await other?.head()).toEqual({ sequence: 0, hash: '' })
    await Promise.all([one?.close(), other?.close()])
  })

  it('is not opened where no store can be', async () => {
    await expect(openRecordLog('mysql://x', { clock: systemClock })).rejects.toMatchObject({
      code: 'rollout_store.invalid_location',
    })
  })
})
