import { deepStrictEqual } from 'node:assert'

import { BackupService } from '@gradvis/backup-service'
import type { ServiceLayer } from '@gradvis/service-layer'

import type { ProtokollDatabase } from '../database/ProtokollDatabase.ts'

/** Backs a subject up, loses its records, brings them back and compares: throws when a single one differs. */
export async function backUpAndRestore(
  layer: ServiceLayer,
  database: ProtokollDatabase,
  subject: string,
): Promise<void> {
  const backups = layer.get(BackupService)
  await layer.runAs(subject, async () => {
    const before = database.records(subject)
    const { id: backupId } = await backups.createBackup({ subject, sources: [{ kind: 'records' }] })
    const { intact } = await backups.verifyBackup({ subject, backupId })
    if (!intact) throw new Error(`backup ${backupId} is damaged`)
    database.erase(subject)
    await backups.restoreBackup({ subject, backupId, target: { kind: 'application' } })
    deepStrictEqual(database.records(subject), before)
  })
}
