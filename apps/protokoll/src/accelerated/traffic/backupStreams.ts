import { isDeepStrictEqual } from 'node:util'

import { BackupService } from '@gradvis/backup-service'

import type { TrafficContext } from './createStreams.ts'
import type { Stream } from './Traffic.ts'

/** Older backups of a subject are deleted, so that listing stays what it is however long this runs. */
const KEPT = 2

/** Users look at their backups far more often than they make one. */
export function backupStreams(context: TrafficContext): readonly Stream[] {
  const { layer, requests, subjects, random } = context
  const backups = layer.get(BackupService)
  const busy = new Set<string>()
  const pick = () => subjects[Math.floor(random() * subjects.length)] as string
  const list = async () => {
    const subject = pick()
    await requests.count(() => layer.runAs(subject, () => backups.listBackups({ subject })))
  }
  const round = async () => {
    const subject = pick()
    // One after the other for a subject: what one round deletes, another one may be reading.
    if (busy.has(subject)) return
    busy.add(subject)
    await layer.runAs(subject, () => backupRound(context, subject))
    busy.delete(subject)
  }
  return [
    { perSecond: 330, concurrency: 12, run: list },
    // Few at a time: they wait for the disk in the threads that listing needs, too.
    { perSecond: 18, concurrency: 2, run: round },
  ]
}

/** Backs up, verifies, restores over what is there and compares, then thins. Each step is a request of its own. */
async function backupRound(context: TrafficContext, subject: string): Promise<void> {
  const { layer, database, requests, ledger } = context
  const backups = layer.get(BackupService)
  const before = database.records(subject)
  const side = layer.explain(BackupService, subject).decision.implementation
  const made = await requests.count(() => backups.createBackup({ subject, sources: [{ kind: 'records' }] }))
  if (made === undefined) return
  const backupId = made.id
  ledger.add({ subject, backupId, side })
  await requests.count(async () => {
    const { intact } = await backups.verifyBackup({ subject, backupId })
    if (!intact) throw new Error('the backup is damaged')
  })
  await requests.count(async () => {
    await backups.restoreBackup({ subject, backupId, target: { kind: 'application' }, overwrite: true })
    if (!isDeepStrictEqual(database.records(subject), before)) throw new Error('the records differ')
  })
  const page = await requests.count(() => backups.listBackups({ subject, limit: 500 }))
  for (const { id } of page?.backups.slice(KEPT) ?? []) {
    // Not afterwards: of a deletion that failed nobody may say that the backup is still there.
    ledger.delete(id)
    await requests.count(() => backups.deleteBackup({ subject, backupId: id }))
  }
}
