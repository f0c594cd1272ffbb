import { randomBytes } from 'node:crypto'

import { systemClock } from '@gradvis/kernel'
import { createAuditTrail, createPseudonyms, parsePseudonymKeys, verifyLog } from '@gradvis/privacy'
import { openPostgresRecordLogRig, type PostgresServer, startPostgres } from '@gradvis/rollout-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const pseudonyms = createPseudonyms({
  keys: parsePseudonymKeys(`now:${randomBytes(32).toString('base64url')}`),
})

describe('the audit trail of a fleet, in PostgreSQL', { timeout: 60_000 }, () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  it('is one chain, whoever writes, from which a person can be erased and tampering be seen', async () => {
    await using rig = await openPostgresRecordLogRig(server)
    const logs = [rig.log, await rig.openAnother(), await rig.openAnother()]
    const trails = logs.map((log) => createAuditTrail({ log, clock: systemClock, pseudonyms }))
    const records = trails.flatMap((trail, writer) =>
      Array.from({ length: 200 }, (_none, count) =>
        trail.record({
          action: 'BackupService.createBackup',
          service: 'BackupService',
          implementation: 'legacy',
          outcome: 'ok',
          subject: `user-${count % 5}`,
          // What a database could give back otherwise than it was given.
          details: { writer, count, text: 'å\u0000\ud800 – 𝄞', share: 1e-7 },
        }),
      ),
    )
    await Promise.all(records)
    expect(await verifyLog(rig.log)).toMatchObject({ entries: 600, erased: 0, broken: undefined })
    const [first] = trails
    expect(await first?.erase('user-3', { actor: 'user-0' })).toMatchObject({ entries: 120 })
    const report = await verifyLog(rig.log)
    expect(report).toMatchObject({ entries: 601, erased: 120, broken: undefined })
    await rig.query('alter table gradvis.record disable trigger all')
    await rig.query('delete from gradvis.record where sequence = 300')
    expect(await verifyLog(rig.log)).toMatchObject({ entries: 299, broken: { kind: 'removed', sequence: 300 } })
  })
})
