import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BackupService } from '@gradvis/backup-service'
import { productionFeatureFlags } from '@gradvis/feature-flags'
import { silentLogger, systemClock } from '@gradvis/kernel'
import { openRolloutStore } from '@gradvis/rollout-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ServiceLayer } from '../ServiceLayer.ts'
import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'

const by = { actor: 'operator', reason: 'because' }
let folder: string
let layers: ServiceLayer[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradvis-rollout-'))
  layers = []
})
afterEach(async () => {
  for (const layer of layers) await layer.stop()
  await rm(folder, { recursive: true, force: true })
})

async function createLayer(store = join(folder, 'rollout.db')): Promise<ServiceLayer> {
  const rollout = { store, tickMs: 200, instance: `layer-${layers.length}` }
  const layer = await createTestServiceLayer({ env: {}, rollout })
  layers.push(layer)
  return layer
}

const percentage = (layer: ServiceLayer) => layer.explain(BackupService, 'subject-1').percentageBps
const reason = (layer: ServiceLayer) => layer.explain(BackupService, 'subject-1').decision.reason

describe('a layer with a rollout', () => {
  it('keeps everybody on legacy until it has started, however long ago the plan’s dates are', async () => {
    const layer = await createLayer()
    expect([reason(layer), layer.rollout]).toEqual(['NOT_STARTED', undefined])
    expect(await layer.runAs('subject-1', () => layer.get(BackupService).listBackups({}))).toMatchObject({
      backups: [],
    })
  })

  it('then follows the log: the first phase first, never the last one because of its date', async () => {
    const layer = await createLayer()
    await layer.start()
    expect(percentage(layer)).toBe(1_000)
    expect(layer.rollout?.status.services['BackupService']).toMatchObject({ status: 'running', phase: 'initial' })
  })

  it('writes what its services did where every instance can read it', async () => {
    const layer = await createLayer()
    await layer.start()
    await layer.get(BackupService).listBackups({})
    await layer.stop()
    const store = await openRolloutStore(join(folder, 'rollout.db'), { clock: systemClock, logger: silentLogger })
    const { windows } = await store.readWindows({})
    await store.close()
    expect(windows.find(({ operations }) => operations['listBackups'])).toMatchObject({
      service: 'BackupService',
      implementation: 'legacy',
      operations: { listBackups: { operations: 1, faults: 0 } },
    })
  })

  it('is on legacy at the very next call after the emergency stop, and within a second on every other instance', async () => {
    const [one, other] = [await createLayer(), await createLayer()]
    await one.start()
    await other.start()
    await one.rollout?.execute({ type: 'force-legacy', on: true }, by)
    expect(reason(one)).toBe('FORCED_LEGACY')
    await expect.poll(() => reason(other), { timeout: 1_000, interval: 5 }).toBe('FORCED_LEGACY')
  })

  it('takes an incident back out of migrated at once', async () => {
    const layer = await createLayer()
    await layer.start()
    await layer.rollout?.execute(
      { type: 'report-incident', service: 'BackupService', kind: 'gdpr', severity: 'high' },
      by,
    )
    expect(reason(layer)).toBe('INCIDENT')
  })

  it('remembers where the rollout stood after a restart', async () => {
    const first = await createLayer()
    await first.start()
    await first.rollout?.execute({ type: 'set', service: 'BackupService', percentageBps: 700 }, by)
    await first.stop()
    const second = await createLayer()
    await second.start()
    expect(percentage(second)).toBe(700)
  })
})

describe('layers of two versions', () => {
  it('send a subject to the same side, also where one of them brings a plan with another salt', async () => {
    const [one, other] = [await createLayer(), await createLayer()]
    await one.start()
    await other.start()
    await one.rollout?.execute({ type: 'promote', service: 'BackupService' }, by)
    const salted = { ...productionFeatureFlags, revision: 2, hash: { ...productionFeatureFlags.hash, salt: 'other' } }
    const rollout = { store: join(folder, 'rollout.db'), tickMs: 200, instance: 'salted' }
    const third = await createTestServiceLayer({ env: {}, rollout, plan: salted })
    layers.push(third)
    await third.start()
    const side = (layer: ServiceLayer, subject: string) => layer.explain(BackupService, subject).decision.implementation
    const subjects = Array.from({ length: 200 }, (_none, index) => `subject-${index}`)
    expect(subjects.map((subject) => side(third, subject))).toEqual(subjects.map((subject) => side(one, subject)))
    expect(new Set(subjects.map((subject) => side(third, subject))).size).toBe(2)
  })
})

describe('a layer whose store cannot be used', () => {
  it('says so when it is started, and serves on legacy', async () => {
    const path = join(folder, 'broken.db')
    await writeFile(path, 'this is no database, but long enough to look like one'.repeat(200))
    const layer = await createLayer(path)
    await expect(layer.start()).rejects.toMatchObject({ code: expect.stringMatching(/^rollout_store\./) as string })
    expect(reason(layer)).toBe('NOT_STARTED')
  })
})
