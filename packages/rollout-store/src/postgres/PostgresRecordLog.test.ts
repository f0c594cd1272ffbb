import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { describeRecordLog } from '../testing/describeRecordLog.ts'
import { openPostgresRecordLogRig } from '../testing/openRecordLogRig.ts'
import { type PostgresServer, startPostgres } from '../testing/startPostgres.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

describeRecordLog('PostgresRecordLog', () => openPostgresRecordLogRig(server), 'gradvis.')

describe('PostgresRecordLog', () => {
  it('refuses to be emptied', async () => {
    await using rig = await openPostgresRecordLogRig(server)
    await rig.log.append(() => ({ rows: [{ sequence: 1, body: '', hash: '', personal: null }] }))
    await expect(rig.query('truncate gradvis.record')).rejects.toThrow('records are never changed or deleted')
    await expect(rig.query('truncate gradvis.record_head')).rejects.toThrow('records')
    expect(await rig.log.read(0, 1)).toHaveLength(1)
  })

  it('has the old versions of rows removed when it forgets, and only then', async () => {
    await using rig = await openPostgresRecordLogRig(server)
    const vacuums = async () => {
      const [row] = await rig.query(
        `select vacuum_count::int as count from pg_stat_user_tables where relid = 'gradvis.record'::regclass`,
      )
      return (row as { count: number }).count
    }
    await rig.log.append(() => ({ rows: [{ sequence: 1, body: '', hash: '', personal: 'about somebody' }] }))
    await rig.log.append(() => ({ rows: [], forget: [2] }))
    expect(await vacuums()).toBe(0)
    await rig.log.append(() => ({ rows: [], forget: [1] }))
    await vi.waitFor(async () => expect(await vacuums()).toBe(1))
  })
})
