import { BackupService } from '@gradvis/backup-service'

import type { HttpContext } from './HttpContext.ts'

type WithId = { Params: { backupId: string } }

/** A subject's backups. The service validates every input; the subject is never taken from it. */
export function backupRoutes({ server, layer, subjectOf }: HttpContext): void {
  const backups = layer.get(BackupService)

  server.post('/api/backups', (request) =>
    backups.createBackup({ subject: subjectOf(request), sources: [{ kind: 'records' }] }),
  )
  server.get('/api/backups', (request) => backups.listBackups({ subject: subjectOf(request) }))
  server.post<WithId>('/api/backups/:backupId/verify', (request) =>
    backups.verifyBackup({ subject: subjectOf(request), backupId: request.params.backupId }),
  )
  server.post<WithId>('/api/backups/:backupId/restore', (request) =>
    backups.restoreBackup({
      subject: subjectOf(request),
      backupId: request.params.backupId,
      target: { kind: 'application' },
      overwrite: true,
    }),
  )
  server.delete<WithId>('/api/backups/:backupId', (request) =>
    backups.deleteBackup({ subject: subjectOf(request), backupId: request.params.backupId }),
  )
  server.get('/api/retention', () => backups.getRetentionPolicy())
  server.post('/api/retention/preview', (request) =>
    backups.applyRetention({ subject: subjectOf(request), dryRun: true }),
  )
}
