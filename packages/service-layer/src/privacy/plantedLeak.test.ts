import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BackupService, backupErrors } from '@gradvis/backup-service'
import { silentLogger, systemClock, type Logger } from '@gradvis/kernel'
import { RecordingLogger } from '@gradvis/kernel/testing'
import { readAllWindows, seededRandom } from '@gradvis/rollout'
import { openRecordLog, openRolloutStore } from '@gradvis/rollout-store'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

import type { ServiceLayer } from '../ServiceLayer.ts'
import { createCanary } from '../testing/canary/Canary.ts'
import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'

const { personnummer } = createCanary(seededRandom(7))
const SUBJECT = 'subject-1'
const by = { actor: 'operator', reason: 'because' }
let store: string

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-leak-'))
  store = join(folder, 'rollout.db')
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

async function startLayer(instance: string, logger: Logger = silentLogger): Promise<ServiceLayer> {
  const layer = await createTestServiceLayer({ env: {}, logger, rollout: { store, instance, tickMs: 100 } })
  onTestFinished(() => layer.stop())
  await layer.start()
  return layer
}

const everybodyMigrated = (layer: ServiceLayer) =>
  layer.rollout?.execute({ type: 'set', service: 'BackupService', percentageBps: 10_000 }, by)
const list = (layer: ServiceLayer) => layer.runAs(SUBJECT, () => layer.get(BackupService).listBackups({}))
const reason = (layer: ServiceLayer) => layer.explain(BackupService, SUBJECT).decision.reason

/** Makes the running migrated side do something else at every `listBackups`, with the logger that it was given. */
async function plant(layer: ServiceLayer, leak: (logger: Logger) => void): Promise<void> {
  const { service, implementation } = await layer.resolve(BackupService, SUBJECT)
  expect(implementation).toBe('migrated')
  const { context } = service as unknown as { context: { logger: Logger } }
  Object.defineProperty(service, 'listBackups', {
    value: async () => {
      leak(context.logger)
      return { backups: [], unreadableCount: 0 }
    },
  })
}

describe('a leak that is planted in the migrated side', () => {
  it('is taken out of the log, counted, and takes the service back on every instance', async () => {
    const logger = new RecordingLogger()
    const [layer, other] = [await startLayer('one', logger), await startLayer('other')]
    await everybodyMigrated(layer)
    await plant(layer, (lines) => lines.info('listing', { of: personnummer }))
    await list(layer)
    expect(JSON.stringify(logger.lines)).not.toContain(personnummer)
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ message: 'listing', fields: expect.objectContaining({ of: '[personnummer]' }) }),
    )
    expect(layer.leaks).toEqual([
      expect.objectContaining({ service: 'BackupService', channel: 'log', kind: 'personnummer', path: 'of', count: 1 }),
    ])
    await expect.poll(() => [reason(layer), reason(other)], { timeout: 5_000 }).toEqual(['INCIDENT', 'INCIDENT'])
    expect(layer.rollout?.status.services['BackupService']).toMatchObject({
      incident: { kind: 'gdpr', severity: 'critical' },
    })
  })

  it('is written down without the value: in the log of the rollout and in the windows', async () => {
    const layer = await startLayer('one')
    await everybodyMigrated(layer)
    await plant(layer, (lines) => lines.warn(`about ${personnummer}`))
    await list(layer)
    await expect.poll(() => reason(layer), { timeout: 5_000 }).toBe('INCIDENT')
    await layer.stop()
    const opened = await openRolloutStore(store, { clock: systemClock, logger: silentLogger })
    onTestFinished(() => opened.close())
    const events = await opened.readEvents(0)
    expect(events.find(({ event }) => event.type === 'incident_reported')).toMatchObject({
      actor: 'leak-guard@one',
      reason: 'personnummer (log)',
    })
    const windows = await readAllWindows(opened, 0)
    const found = windows.find(({ findings }) => findings !== undefined)
    expect(found).toMatchObject({ implementation: 'migrated', findings: { 'log:personnummer': 1 } })
    expect(JSON.stringify([events, windows])).not.toContain(personnummer)
  })

  it('reaches no caller in an error either', async () => {
    const layer = await startLayer('one')
    await everybodyMigrated(layer)
    await plant(layer, () => {
      throw backupErrors.create('source_failed', { type: personnummer })
    })
    // Legacy would rescue a read, and nobody would see the error.
    const { service } = await layer.resolve(BackupService, SUBJECT)
    const create = () => layer.get(BackupService).createBackup({ subject: SUBJECT, sources: [{ kind: 'records' }] })
    Object.defineProperty(service, 'createBackup', { value: service.listBackups })
    const error = await layer.runAs(SUBJECT, create).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'backup.source_failed', params: { type: '[personnummer]' } })
    expect((error as Error).message).toContain('[personnummer]')
    await expect.poll(() => reason(layer), { timeout: 5_000 }).toBe('INCIDENT')
  })

  it('takes the service back again after a release, while it still leaks', async () => {
    const layer = await startLayer('one')
    await everybodyMigrated(layer)
    await plant(layer, (lines) => lines.info('listing', { of: personnummer }))
    const migrated = await layer.resolve(BackupService, SUBJECT)
    await list(layer)
    await expect.poll(() => reason(layer), { timeout: 5_000 }).toBe('INCIDENT')
    await layer.rollout?.execute({ type: 'release-incident', service: 'BackupService' }, by)
    expect(reason(layer)).not.toBe('INCIDENT')
    await migrated.service.listBackups({})
    await expect.poll(() => reason(layer), { timeout: 5_000 }).toBe('INCIDENT')
    expect(layer.leaks).toEqual([expect.objectContaining({ count: 2 })])
  })
})

describe('what a caller writes into an input', () => {
  it.each([`p_${personnummer.replace(/\D/g, '')}`, `ghp_${'abcdefghijklmnopqrst'.repeat(2).slice(4)}`])(
    'takes no service back by way of an audit entry, and is not in it: %#',
    async (type) => {
      const layer = await startLayer('one')
      await everybodyMigrated(layer)
      const made = layer.runAs(SUBJECT, () =>
        layer.get(BackupService).createBackup({ subject: SUBJECT, type, sources: [{ kind: 'records' }] }),
      )
      await expect(made).rejects.toMatchObject({ code: 'backup.source_not_configured' })
      expect(layer.leaks).toEqual([expect.objectContaining({ channel: 'audit', path: 'details.type', count: 1 })])
      await layer.stop()
      expect(layer.rollout?.status.services['BackupService']).not.toHaveProperty('incident')
      const log = await openRecordLog(store, { clock: systemClock })
      onTestFinished(() => log.close())
      const [row] = await log.read(0, 10)
      expect(row?.body).toContain('createBackup')
      expect(row?.body).not.toContain(type)
    },
  )
})

describe('what a caller has sent and a refusal repeats', () => {
  it('is taken out and counted, and takes nothing back', async () => {
    const layer = await startLayer('one')
    await everybodyMigrated(layer)
    await plant(layer, () => {
      throw backupErrors.create('unknown_record_type', { type: personnummer })
    })
    const error = await list(layer).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'backup.unknown_record_type', params: { type: '[personnummer]' } })
    expect(layer.leaks.map(({ path }) => path)).toEqual(['refusal.params.type', 'refusal.message'])
    await layer.rollout?.execute({ type: 'pause', service: 'NetworkConnectivityService' }, by)
    expect(layer.rollout?.status.services['BackupService']).not.toHaveProperty('incident')
  })
})

describe('a secret that leaks', () => {
  it('is an incident of security', async () => {
    const layer = await startLayer('one')
    await everybodyMigrated(layer)
    await plant(layer, (lines) => lines.info('using', { header: `Bearer ${createCanary(seededRandom(8)).token}` }))
    await list(layer)
    await expect.poll(() => reason(layer), { timeout: 5_000 }).toBe('INCIDENT')
    expect(layer.rollout?.status.services['BackupService']).toMatchObject({ incident: { kind: 'security' } })
  })
})
