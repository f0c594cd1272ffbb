import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BackupService } from '@gradvis/backup-service'
import { ServiceError, silentLogger, systemClock } from '@gradvis/kernel'
import { LatencySketch } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'
import { registerOpenTelemetry } from '../testing/openTelemetry.ts'
import { WindowMetrics } from './WindowMetrics.ts'

const fault = new ServiceError('test.broken', { fault: 'service', retryable: false, sv: 'trasig', en: 'broken' })

let sdk: ReturnType<typeof registerOpenTelemetry>
beforeEach(() => {
  sdk = registerOpenTelemetry()
})
afterEach(() => sdk.stop())

describe('metrics of a window', () => {
  it('are its counts, its quantiles in seconds, its bytes and its findings', async () => {
    const sketch = new LatencySketch()
    for (const durationMs of [10, 10, 10]) sketch.record(durationMs)
    const counts = { operations: 6, faults: 2, refused: 1, cancelled: 4, rescued: 1, cacheHits: 2 }
    const list = { ...counts, codes: { 'a.b': 2 }, latency: sketch.toJSON() }
    const side = { instance: 'i', service: 'S', implementation: 'migrated' } as const
    const window = {
      ...side,
      startMs: 0,
      endMs: 10_000,
      heldBytes: 100,
      sampledHeapBytes: 200,
      findings: { 'log:email': 3 },
    }
    const metrics = new WindowMetrics({ percentages: () => ({ S: 12.5 }) })
    metrics.add([{ ...window, operations: { list } }])
    metrics.add([{ ...window, operations: { list } }])
    expect(await sdk.collect()).toEqual({
      'gradvis.operations{S,migrated,list,ok}': 6,
      'gradvis.operations{S,migrated,list,fault}': 4,
      'gradvis.operations{S,migrated,list,refused}': 2,
      'gradvis.operations{S,migrated,list,cancelled}': 8,
      'gradvis.operation.faults{S,migrated,list,a.b}': 4,
      'gradvis.operation.rescued{S,migrated,list}': 2,
      'gradvis.operation.cache_hits{S,migrated,list}': 4,
      'gradvis.operation.duration.p50{S,migrated,list}': sketch.quantile(0.5)! / 1000,
      'gradvis.operation.duration.p95{S,migrated,list}': sketch.quantile(0.95)! / 1000,
      'gradvis.memory.held{S,migrated}': 100,
      'gradvis.memory.sampled_heap{S,migrated}': 200,
      'gradvis.privacy.findings{S,migrated,log,email}': 6,
      'gradvis.rollout.percentage{S}': 12.5,
    })
  })
})

describe('metrics of a layer', () => {
  it('without a rollout are of what was called up to the collection', async () => {
    await using layer = await createTestServiceLayer()
    using _ = layer.swap(BackupService, { listBackups: () => Promise.reject(fault) })
    await layer.get(BackupService).listBackups({})
    const first = await sdk.collect()
    await layer.get(BackupService).listBackups({})
    const second = await sdk.collect()
    const key = 'gradvis.operations{BackupService,migrated,listBackups,fault}'
    expect([first[key], second[key]]).toEqual([1, 2])
    expect(second['gradvis.operation.rescued{BackupService,migrated,listBackups}']).toBe(2)
    expect(second).toHaveProperty(['gradvis.rollout.percentage{BackupService}'])
  })

  it('without a rollout hold also the last calls before it stopped', async () => {
    const layer = await createTestServiceLayer()
    await layer.get(BackupService).listBackups({})
    await layer.stop()
    expect(await sdk.collect()).toMatchObject({ 'gradvis.operations{BackupService,migrated,listBackups,ok}': 1 })
  })

  it('with a rollout are the sums of the windows in its store', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gradvis-metrics-'))
    const store = join(folder, 'rollout.db')
    const layer = await createTestServiceLayer({ env: {}, rollout: { store, tickMs: 100 } })
    await layer.start()
    for (let call = 0; call < 20; call++)
      await layer.runAs(`subject-${call}`, () => layer.get(BackupService).listBackups({}))
    await layer.stop()
    const opened = await openRolloutStore(store, { clock: systemClock, logger: silentLogger })
    const { windows } = await opened.readWindows({})
    await opened.close()
    await rm(folder, { recursive: true, force: true })
    const collected = await sdk.collect()
    const sums = (['legacy', 'migrated'] as const).map((side) =>
      windows
        .filter(({ implementation }) => implementation === side)
        .reduce((sum, { operations }) => sum + (operations['listBackups']?.operations ?? 0), 0),
    )
    expect(sums[0]! + sums[1]!).toBe(20)
    const counted = ['legacy', 'migrated'].map(
      (side) => collected[`gradvis.operations{BackupService,${side},listBackups,ok}`],
    )
    expect(counted.map((count) => count ?? 0)).toEqual(sums)
  })
})
