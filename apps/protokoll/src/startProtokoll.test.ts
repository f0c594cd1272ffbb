import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BackupService } from '@gradvis/backup-service'
import { systemClock } from '@gradvis/kernel'
import { openRecordLog } from '@gradvis/rollout-store'
import { expect, it, onTestFinished } from 'vitest'

import { subjectKey } from './database/generateRecords.ts'
import { startProtokoll } from './startProtokoll.ts'

it('leaves an audit entry of every sensitive operation in the store of its rollout', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'protokoll-audit-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const location = join(folder, 'rollout.db')
  const { layer, stop } = await startProtokoll({
    subjects: 1,
    port: 0,
    env: {},
    rollout: { location },
    logLevel: 'error',
  })
  onTestFinished(stop)
  await layer.start()
  const backups = layer.get(BackupService)
  await backups.createBackup({ subject: subjectKey(0), sources: [{ kind: 'records' }] })
  await backups.eraseSubject({ subject: subjectKey(0) })

  const log = await openRecordLog(location, { clock: systemClock })
  onTestFinished(() => log.close())
  const bodies = (await log.read(0, 10)).map(({ body }) => JSON.parse(body) as unknown)
  expect(bodies).toMatchObject([
    { sequence: 1, action: 'BackupService.createBackup', outcome: 'ok' },
    { sequence: 2, action: 'BackupService.eraseSubject', outcome: 'ok' },
  ])
})
