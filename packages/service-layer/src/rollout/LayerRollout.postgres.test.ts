import { BackupService } from '@gradvis/backup-service'
import { silentLogger, systemClock } from '@gradvis/kernel'
import { readAllWindows } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { type PostgresServer, startPostgres } from '@gradvis/rollout-store/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import type { ServiceLayer } from '../ServiceLayer.ts'
import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'

const by = { actor: 'operator', reason: 'because' }
const TICK_MS = 200
let server: PostgresServer
let layers: ServiceLayer[] = []

beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server.stop(), 60_000)
afterEach(async () => {
  for (const layer of layers) await layer.stop()
  layers = []
})

async function createLayer(store: string): Promise<ServiceLayer> {
  const rollout = { store, tickMs: TICK_MS, instance: `layer-${layers.length}` }
  const layer = await createTestServiceLayer({ env: {}, rollout })
  layers.push(layer)
  return layer
}

const reason = (layer: ServiceLayer) => layer.explain(BackupService, 'subject-1').decision.reason

describe('layers on one PostgreSQL', () => {
  it('adopt one plan, and follow each other within a second', async () => {
    const location = await server.createDatabase()
    const [one, other] = [await createLayer(location), await createLayer(location)]
    await Promise.all([one.start(), other.start()])
    expect(other.rollout?.status.planRevision).toBe(1)
    await one.rollout?.execute({ type: 'force-legacy', on: true }, by)
    expect(reason(one)).toBe('FORCED_LEGACY')
    await expect.poll(() => reason(other), { timeout: 1_000, interval: 5 }).toBe('FORCED_LEGACY')
  })
})

describe('while PostgreSQL is away, a layer', () => {
  it('serves by its last snapshot, says that it is stale, and hands over later what it observed meanwhile', async () => {
    const location = await server.createDatabase()
    const layer = await createLayer(location)
    await layer.start()
    await layer.rollout?.execute({ type: 'set', service: 'BackupService', percentageBps: 10_000 }, by)
    await server.halt()
    await expect.poll(() => layer.rollout?.staleSinceMs, { timeout: 10_000 }).toBeDefined()
    for (let call = 0; call < 10; call++) {
      await layer.runAs('subject-1', () => layer.get(BackupService).listBackups({}))
      await new Promise((resolve) => setTimeout(resolve, TICK_MS / 4))
    }
    expect(reason(layer)).toBe('SPLIT')
    await server.resume()
    const store = await openRolloutStore(location, { clock: systemClock, logger: silentLogger })
    onTestFinished(() => store.close())
    // In the store, not in the evidence: that leaves out a window which began before the percentage was set.
    const written = async () => {
      const windows = await readAllWindows(store, 0)
      return windows.reduce((sum, { operations }) => sum + (operations['listBackups']?.operations ?? 0), 0)
    }
    await expect.poll(written, { timeout: 20_000 }).toBe(10)
    await expect.poll(() => layer.rollout?.staleSinceMs, { timeout: 10_000 }).toBeUndefined()
  }, 60_000)

  it('that has never seen it runs legacy, and begins when it is there', async () => {
    const location = await server.createDatabase()
    await server.halt()
    const layer = await createLayer(location)
    await layer.start()
    expect([reason(layer), layer.rollout?.staleSinceMs !== undefined]).toEqual(['NOT_STARTED', true])
    await server.resume()
    await expect
      .poll(() => layer.rollout?.status.services['BackupService']?.status, { timeout: 20_000 })
      .toBe('running')
  }, 60_000)
})
