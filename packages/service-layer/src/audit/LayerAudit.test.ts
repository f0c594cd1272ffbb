import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { systemClock } from '@gradvis/kernel'
import { RecordingLogger } from '@gradvis/kernel/testing'
import { createPseudonyms } from '@gradvis/privacy'
import { openRecordLog } from '@gradvis/rollout-store'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

import { LayerAudit, type LayerAuditParts } from './LayerAudit.ts'

const pseudonyms = createPseudonyms({ keys: [{ id: 'k1', secret: new Uint8Array(32).fill(7) }] })
const entry = { action: 'NoteService.add', service: 'NoteService', implementation: 'migrated', outcome: 'ok' } as const
let folder: string
let logger: RecordingLogger

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradvis-audit-'))
  logger = new RecordingLogger()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

function auditOn(parts: Partial<LayerAuditParts> = {}): LayerAudit {
  const location = join(folder, 'audit.db')
  const audit = new LayerAudit({
    location,
    pseudonyms,
    key: undefined,
    clock: systemClock,
    logger,
    instance: 'one',
    ...parts,
  })
  onTestFinished(() => audit.stop())
  return audit
}

async function rows() {
  const log = await openRecordLog(join(folder, 'audit.db'), { clock: systemClock })
  const all = await log.read(0, 10)
  await log.close()
  return all
}

describe('the audit trail of a layer', () => {
  it('names people by pseudonyms', async () => {
    await auditOn().record({ ...entry, subject: 'subject-1', actor: 'subject-2' })
    const [row] = await rows()
    expect(row?.personal).toContain(pseudonyms.of('subject-1'))
    expect(JSON.stringify(row)).not.toContain('subject-')
  })

  it('names nobody without keys, and says so once', async () => {
    const audit = auditOn({ pseudonyms: undefined })
    await audit.record({ ...entry, subject: 'subject-1' })
    expect((await rows()).map(({ personal }) => personal)).toEqual([null])
    expect(logger.lines).toMatchObject([{ level: 'warn' }])
  })

  it('is refused at the start with another key than it was begun with', async () => {
    const key = new Uint8Array(32).fill(1)
    await auditOn({ key }).record(entry)
    await expect(auditOn().start()).rejects.toMatchObject({ code: 'audit.key_needed' })
    await expect(auditOn({ key: new Uint8Array(32).fill(2) }).start()).rejects.toMatchObject({
      code: 'audit.wrong_key',
    })
    await expect(auditOn({ key }).start()).resolves.toBeUndefined()
  })

  it('starts while its store is away, and says so', async () => {
    await auditOn({ location: 'postgres://nobody@127.0.0.1:1/none' }).start()
    expect(logger.lines).toMatchObject([{ level: 'error', message: 'the audit trail cannot be written yet' }])
  })

  it('takes no entry any more once it is stopped', async () => {
    const audit = auditOn()
    await audit.record(entry)
    await audit.stop()
    await expect(audit.record(entry)).rejects.toMatchObject({ code: 'audit.closed' })
    expect(await rows()).toHaveLength(1)
  })
})
