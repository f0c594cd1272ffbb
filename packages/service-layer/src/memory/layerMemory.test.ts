import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Implementation, silentLogger, systemClock } from '@gradvis/kernel'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import type { ObservationWindow } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ServiceLayer } from '../ServiceLayer.ts'
import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'
import { heapSampling } from './HeapSampling.ts'

const MIB = 2 ** 20
const SUBSCRIPTIONS = 8000
const service = NetworkConnectivityService.contract.name
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradvis-memory-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function createLayer(sample: boolean): Promise<ServiceLayer> {
  const rollout = { store: join(folder, 'rollout.db'), tickMs: 100, instance: 'one' }
  return createTestServiceLayer({ rollout, memory: { sample } })
}

/** Opens subscriptions on one side that nobody closes: what a leak of an application looks like. */
async function subscribe(layer: ServiceLayer, side: Implementation): Promise<void> {
  using _pin = layer.pin(NetworkConnectivityService, side)
  const { service: network } = await layer.resolve(NetworkConnectivityService, 'subject-1')
  for (let count = 0; count < SUBSCRIPTIONS; count++) await network.subscribe({ listener: () => {} })
}

async function readWindows(): Promise<readonly ObservationWindow[]> {
  const store = await openRolloutStore(join(folder, 'rollout.db'), { clock: systemClock, logger: silentLogger })
  const { windows } = await store.readWindows({})
  await store.close()
  return windows
}

/** MiB of a side in the latest window that is there. */
async function sampledOf(side: Implementation): Promise<number> {
  const ours = (await readWindows()).filter((one) => one.service === service && one.implementation === side)
  return (ours.toSorted((one, other) => one.endMs - other.endMs).at(-1)?.sampledHeapBytes ?? 0) / MIB
}

describe('memory of the real services', () => {
  it.each([
    ['migrated', 'legacy'],
    ['legacy', 'migrated'],
  ] as const)('is attributed to %s where that keeps it, and not to %s, and reaches the store', async (side, other) => {
    // Sampled from before the layer starts, so that its first reading, at its first tick, has seen all of it.
    using _sampling = heapSampling.use(4096)
    await using layer = await createLayer(true)
    await subscribe(layer, side)
    await layer.start()
    await expect.poll(() => sampledOf(side), { timeout: 15_000 }).toBeGreaterThan(1)
    expect(await sampledOf(side)).toBeLessThan(20)
    // Its modules may have been loaded, too.
    expect(await sampledOf(other)).toBeLessThan((await sampledOf(side)) / 4)
  })

  it('is sampled for two layers in one, until the last of them has stopped', async () => {
    const layers = [await createLayer(true), await createLayer(true)] as const
    await Promise.all(layers.map((layer) => layer.start()))
    expect(heapSampling.read()).toBeDefined()
    await layers[0].stop()
    expect(heapSampling.read()).toBeDefined()
    await layers[1].stop()
    expect(heapSampling.read()).toBeUndefined()
  })

  it('is left to what services report, and to the whole process, where nothing is sampled', async () => {
    await using layer = await createLayer(false)
    await layer.start()
    await layer.get(NetworkConnectivityService).checkBackend()
    await layer.stop()
    const window = (await readWindows()).find((one) => one.service === service)
    expect(window?.sampledHeapBytes).toBeUndefined()
    expect(window?.heldBytes).toBeGreaterThanOrEqual(0)
    expect(window?.process?.heapUsedBytes).toBeGreaterThan(MIB)
    expect(window?.process?.externalBytes).toBeGreaterThanOrEqual(window?.process?.arrayBufferBytes ?? Infinity)
  })
})
