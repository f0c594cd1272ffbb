import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { createTestContext } from '@gradvis/base-service/testing'
import { silentLogger, systemClock } from '@gradvis/kernel'
import { type AuditTrail, createPseudonyms } from '@gradvis/privacy'
import { RecordingAuditTrail } from '@gradvis/privacy/testing'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

import { auditTrailProbe } from './auditTrailProbe.ts'
import { LayerAudit } from './LayerAudit.ts'

const pseudonyms = createPseudonyms({ keys: [{ id: 'k1', secret: new Uint8Array(32).fill(7) }] })
const entry = { action: 'NoteService.add', service: 'NoteService', implementation: 'migrated', outcome: 'ok' } as const
let folder: string
let audit: LayerAudit

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradvis-audit-'))
  const location = join(folder, 'audit.db')
  audit = new LayerAudit({
    location,
    pseudonyms,
    key: undefined,
    clock: systemClock,
    logger: silentLogger,
    instance: 'one',
  })
  onTestFinished(async () => {
    await audit.stop()
    await rm(folder, { recursive: true, force: true })
  })
})

const run = (trail?: AuditTrail) => auditTrailProbe(createTestContext(), trail).run(new AbortController().signal)

describe('the probe of the audit trail', () => {
  it('shows that operations leave entries, that tampering is found and that a subject can be erased', async () => {
    const before = await leftBehind()
    const trail = new RecordingAuditTrail()
    expect(await run(trail)).toMatchObject({ passed: true, evidence: { cases: 4, trail: 'of the application' } })
    expect(trail.records).toEqual([])
    expect(await leftBehind()).toEqual(before)
  })

  it('verifies the real trail, and adds nothing to it', async () => {
    for (let index = 0; index < 5; index++) await audit.record({ ...entry, subject: `subject-${index}` })
    expect(await run(audit)).toMatchObject({ passed: true, evidence: { cases: 5, entries: 5, unwritten: 0 } })
    expect((await audit.verify()).entries).toBe(5)
  })

  it('fails where the real trail was altered, and names the entry', async () => {
    for (let index = 0; index < 5; index++) await audit.record(entry)
    tamper((database) => {
      const { name } = database
        .prepare(`select name from sqlite_master where sql like '%personal%' and type = 'table'`)
        .get() as { name: string }
      database.exec(`delete from ${name} where sequence = 3`)
    })
    const { passed, evidence } = await run(audit)
    expect([passed, evidence['failed']]).toEqual([false, expect.stringContaining('entry 3: removed')])
  })

  it('fails where there is no trail', async () => {
    expect(await run()).toMatchObject({ passed: false, evidence: { trail: 'none', failed: 'a trail in production' } })
  })

  it('fails where an entry could not be written', async () => {
    const lost = new LayerAudit({
      location: folder,
      pseudonyms,
      key: undefined,
      clock: systemClock,
      logger: silentLogger,
      instance: 'one',
    })
    await expect(lost.record(entry)).rejects.toMatchObject({ code: expect.stringMatching(/^(audit|rollout_store)\./) })
    expect(lost.unwritten).toBe(1)
    expect(await run(lost)).toMatchObject({ passed: false })
    await lost.stop()
  })
})

async function leftBehind(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('gradvis-audit-probe-'))
}

/** As somebody would who may write to the file. */
function tamper(change: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(folder, 'audit.db'))
  const triggers = database.prepare(`select name from sqlite_master where type = 'trigger'`).all()
  for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`)
  change(database)
  database.close()
}
