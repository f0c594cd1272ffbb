import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { BackupService } from '@gradvis/backup-service'
import {
  defineProbe,
  type Managed,
  type ProbeEvidence,
  type ProbeScratch,
  type ServiceContext,
  type ServiceProbe,
} from '@gradvis/base-service'
import {
  type AuditTrail,
  createAuditTrail,
  createPseudonyms,
  type RecordLog,
  type StoredAuditTrail,
  verifyLog,
} from '@gradvis/privacy'
import { openRecordLog } from '@gradvis/rollout-store'

import { LayerAudit } from './LayerAudit.ts'

const SUBJECT = 'audit-probe'
/** What the probe does, and what the trail must say of it. */
const EXPECTED = [
  'BackupService.createBackup ok -',
  'BackupService.restoreBackup refused backup.not_found',
  'BackupService.eraseSubject ok -',
]

/**
 * Shows that sensitive operations leave their entries, that an altered trail is found out and that a subject can be
 * erased, on a trail of its own; then verifies the real one, entry by entry, and that none is missing since the start. A
 * trail of the application's own is only known to be there; with none at all it fails.
 */
export function auditTrailProbe(context: ServiceContext, audit: AuditTrail | undefined): ServiceProbe {
  return defineProbe('audit-trail', context, async (scratch) => {
    const { log, trail } = await openScratchTrail(scratch)
    await checkEntries(scratch, log, trail)
    await checkTampering(scratch, log)
    await scratch.check('erasing a subject', async () => {
      const { entries } = await trail.erase(SUBJECT)
      const { broken, erased } = await verifyLog(log)
      return entries === EXPECTED.length && erased === entries && broken === undefined
    })
    if (audit instanceof LayerAudit) return checkRealTrail(scratch, audit)
    await scratch.check('a trail in production', async () => audit !== undefined)
    return { trail: audit ? 'of the application' : 'none' }
  })
}

async function openScratchTrail({ context, resources }: ProbeScratch) {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-audit-probe-'))
  resources.defer(() => rm(folder, { recursive: true, force: true }))
  const log = await openRecordLog(join(folder, 'audit.db'), { clock: context.clock })
  resources.defer(() => log.close())
  const pseudonyms = createPseudonyms({ keys: [{ id: 'probe', secret: randomBytes(32) }] })
  const trail = createAuditTrail({ log, pseudonyms, clock: context.clock })
  resources.defer(() => trail.close())
  return { log, trail }
}

async function checkEntries(scratch: ProbeScratch, log: RecordLog, trail: StoredAuditTrail): Promise<void> {
  await scratch.check('entries of sensitive operations', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gradvis-audit-probe-'))
    scratch.resources.defer(() => rm(folder, { recursive: true, force: true }))
    await mkdir(join(folder, 'files'))
    await writeFile(join(folder, 'files', 'minutes.txt'), 'probe')
    const service = await scratch.start(await createService({ ...scratch.context, audit: trail }, folder))
    await exercise(service, folder, scratch.signal)
    const rows = await log.read(0, 10)
    return rows.map(({ body }) => brief(body)).join() === EXPECTED.join()
  })
}

async function createService(context: ServiceContext, folder: string): Promise<Managed<BackupService>> {
  const { createMigratedBackupService } = await import('@gradvis/backup-service/migrated')
  const files = join(folder, 'files')
  const roots = { sourceRoots: [files], restoreRoots: [files] }
  return createMigratedBackupService(context, { storeFolder: join(folder, 'store'), ...roots })
}

async function exercise(service: BackupService, folder: string, signal: AbortSignal): Promise<void> {
  const sources = [{ kind: 'folder' as const, path: join(folder, 'files') }]
  await service.createBackup({ subject: SUBJECT, sources }, { signal })
  const target = { kind: 'folder', path: join(folder, 'files', 'restored') } as const
  await service.restoreBackup({ subject: SUBJECT, backupId: randomUUID(), target }, { signal }).catch(() => {})
  await service.eraseSubject({ subject: SUBJECT }, { signal })
}

function brief(body: string): string {
  const { action, outcome, code = '-' } = JSON.parse(body) as { action: string; outcome: string; code?: string }
  return `${action} ${outcome} ${code}`
}

/** A copy without one of its entries must be found out, wherever the entry was. */
async function checkTampering(scratch: ProbeScratch, log: RecordLog): Promise<void> {
  await scratch.check('an altered trail', async () => {
    const [rows, head] = [await log.read(0, 10), await log.head()]
    const reports = rows.map(({ sequence }) =>
      verifyLog({
        read: async (after) => rows.filter((row) => row.sequence > after && row.sequence !== sequence),
        head: async () => head,
      }),
    )
    return (await Promise.all(reports)).every(({ broken }) => broken !== undefined)
  })
}

async function checkRealTrail(scratch: ProbeScratch, audit: LayerAudit): Promise<ProbeEvidence> {
  let entries = 0
  await scratch.check('the trail in production', async () => {
    const report = await audit.verify(scratch.signal)
    entries = report.entries
    return report.broken ? [`entry ${report.broken.sequence}: ${report.broken.kind}`] : []
  })
  await scratch.check('no entry is missing', async () => audit.unwritten === 0)
  return { entries, unwritten: audit.unwritten }
}
