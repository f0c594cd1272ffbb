import { LatencySketch, type ObservationWindow } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { anOperation, aWindow, NOON } from './aWindow.ts'
import type { OpenStoreRig } from './StoreRig.ts'

const QUARTER = 15 * 60_000
const DAY = 86_400_000

export function describeRollUp(name: string, open: OpenStoreRig): void {
  describe(`${name}: rolling windows up`, () => {
    it('adds what ended over 15 minutes ago up into ten minutes across instances', async () => {
      await using rig = await open()
      const faulty = { createBackup: anOperation({ operations: 5, faults: 1 }) }
      await rig.store.writeWindows([
        aWindow({ startMs: NOON + 20_000 }),
        aWindow({ startMs: NOON + 500_000, instance: 'instance-2', operations: faulty }),
        aWindow({ startMs: NOON + 600_000 }),
        aWindow({ startMs: NOON, service: 'WebRTCPeerService' }),
        aWindow({ startMs: NOON, implementation: 'legacy', operations: { listBackups: anOperation() } }),
      ])
      expect(await rig.store.compact(NOON + QUARTER + 2 * 600_000)).toEqual({ rolledUp: 5, deleted: 0 })
      const { windows } = await rig.store.readWindows({})
      expect(windows).toHaveLength(4)
      const backup = windows.filter(
        ({ service, implementation }) => service === 'BackupService' && implementation === 'migrated',
      )
      const [first, second] = backup.toSorted((a, b) => a.startMs - b.startMs)
      expect(first).toMatchObject({ instance: '*', startMs: NOON + 20_000, endMs: NOON + 510_000 })
      expect(first?.operations).toMatchObject({
        createBackup: { operations: 15, faults: 1, rescued: 1, codes: { 'backup.failed': 1 } },
      })
      const latency = LatencySketch.fromJSON(first?.operations['createBackup']?.latency)
      expect(latency?.count).toBe(14)
      expect(latency?.meanMs).toBeCloseTo(12)
      expect(second).toMatchObject({ instance: '*', startMs: NOON + 600_000, endMs: NOON + 610_000 })
    })

    it('leaves ten minutes alone until all of them ended over 15 minutes ago', async () => {
      await using rig = await open()
      await rig.store.writeWindows([aWindow()])
      expect(await rig.store.compact(NOON + QUARTER + 599_999)).toEqual({ rolledUp: 0, deleted: 0 })
      expect((await rig.store.readWindows({})).windows).toEqual([aWindow()])
      expect(await rig.store.compact(NOON + QUARTER + 600_000)).toEqual({ rolledUp: 1, deleted: 0 })
      expect(await rig.store.compact(NOON + QUARTER + 600_000)).toEqual({ rolledUp: 0, deleted: 0 })
    })

    it('sums what each instance held last, and drops windows in which nothing happened', async () => {
      await using rig = await open()
      const holding = (instance: string, startMs: number, heldBytes: number) =>
        aWindow({ instance, startMs, heldBytes, operations: {} })
      await rig.store.writeWindows([
        holding('instance-1', NOON + 10_000, 100),
        holding('instance-1', NOON, 900),
        holding('instance-2', NOON, 7),
        aWindow({ service: 'WebRTCPeerService', operations: { connect: anOperation({ operations: 0 }) } }),
      ])
      expect(await rig.store.compact(NOON + DAY)).toMatchObject({ rolledUp: 4 })
      const { windows } = await rig.store.readWindows({})
      expect(windows).toMatchObject([{ instance: '*', service: 'BackupService', heldBytes: 107, operations: {} }])
    })

    it('sums sampled and external bytes as it does held ones, adds findings, and leaves processes out', async () => {
      await using rig = await open()
      const process = { heapUsedBytes: 1000, externalBytes: 200, arrayBufferBytes: 100 }
      const found = (instance: string, startMs: number, rest: Partial<ObservationWindow>) =>
        aWindow({ instance, startMs, operations: {}, process, ...rest })
      const written = [
        found('instance-1', NOON, { sampledHeapBytes: 900, externalBytes: 90, findings: { 'log:email': 1 } }),
        found('instance-1', NOON + 10_000, { sampledHeapBytes: 100, externalBytes: 10 }),
        found('instance-2', NOON, { sampledHeapBytes: 7, findings: { 'log:email': 2, 'error:phone': 3 } }),
        found('instance-2', NOON + 600_000, { findings: { 'error:phone': 1 } }),
        found('instance-2', NOON + 1_200_000, {}),
      ]
      await rig.store.writeWindows(written)
      expect((await rig.store.readWindows({})).windows).toEqual(written)
      expect(await rig.store.compact(NOON + DAY)).toMatchObject({ rolledUp: 5 })
      const rolled = { instance: '*', service: 'BackupService', implementation: 'migrated', operations: {} }
      const byStart = (one: ObservationWindow, other: ObservationWindow) => one.startMs - other.startMs
      expect((await rig.store.readWindows({})).windows.toSorted(byStart)).toEqual([
        {
          ...rolled,
          startMs: NOON,
          endMs: NOON + 20_000,
          sampledHeapBytes: 107,
          externalBytes: 10,
          findings: { 'log:email': 3, 'error:phone': 3 },
        },
        { ...rolled, startMs: NOON + 600_000, endMs: NOON + 610_000, findings: { 'error:phone': 1 } },
      ])
    })

    it('adds what comes late to what was rolled up, and takes nothing twice that is sent again', async () => {
      await using rig = await open()
      const onTime = [0, 1].map((index) => aWindow({ startMs: NOON + index * 10_000 }))
      await rig.store.writeWindows(onTime)
      await rig.store.compact(NOON + DAY)
      const late = [
        ...[2, 3].map((index) => aWindow({ startMs: NOON + index * 10_000 })),
        aWindow({ instance: 'instance-2' }),
      ]
      await rig.store.writeWindows([...onTime, ...late])
      expect(operationsOf((await rig.store.readWindows({})).windows)).toBe(50)
      expect(await rig.store.compact(NOON + DAY)).toMatchObject({ rolledUp: 3 })
      await rig.store.writeWindows([...onTime, ...late])
      const { windows } = await rig.store.readWindows({})
      expect(windows).toMatchObject([{ instance: '*', startMs: NOON, endMs: NOON + 40_000 }])
      expect(operationsOf(windows)).toBe(50)
    })

    it('takes what was buffered for hours, in part written and in part rolled up before its answer was lost', async () => {
      await using rig = await open()
      const windowsOf = (instance: string, from: number, until: number) =>
        Array.from({ length: until - from }, (_, index) =>
          aWindow({ instance, startMs: NOON + (from + index) * 60_000, endMs: NOON + (from + index + 1) * 60_000 }),
        )
      await rig.store.writeWindows(windowsOf('instance-1', 0, 5))
      await rig.store.writeWindows(windowsOf('instance-2', 0, 180))
      expect(await rig.store.compact(NOON + 180 * 60_000)).toMatchObject({ rolledUp: 5 + 160 })
      const buffered = windowsOf('instance-1', 3, 180)
      await rig.store.writeWindows(buffered.slice(0, 60))
      await rig.store.compact(NOON + 181 * 60_000)
      for (let time = 0; time < 2; time++) {
        await rig.store.writeWindows(buffered)
        await rig.store.compact(NOON + 182 * 60_000)
      }
      expect(operationsOf((await rig.store.readWindows({})).windows)).toBe(2 * 180 * 10)
    })

    it('says nothing new to a reader who had read all that was rolled up', async () => {
      await using rig = await open()
      await rig.store.writeWindows([aWindow()])
      const { cursor } = await rig.store.readWindows({})
      await rig.store.compact(NOON + DAY)
      const fresh = aWindow({ startMs: NOON + DAY })
      await rig.store.writeWindows([fresh])
      expect(await rig.store.readWindows({ cursor })).toMatchObject({ windows: [fresh], restart: false })
    })

    it('lets a reader start anew who had not read all that was rolled up', async () => {
      await using rig = await open()
      await rig.store.writeWindows([aWindow()])
      const { cursor } = await rig.store.readWindows({})
      await rig.store.writeWindows([aWindow({ startMs: NOON + 10_000 }), aWindow({ startMs: NOON - DAY })])
      await rig.store.compact(NOON + 2 * DAY)
      const page = await rig.store.readWindows({ cursor, sinceMs: NOON })
      expect(page).toMatchObject({ windows: [{ instance: '*', startMs: NOON }], restart: true })
      expect(operationsOf(page.windows)).toBe(20)
      expect(await rig.store.readWindows({ cursor: page.cursor })).toMatchObject({ windows: [], restart: false })
    })

    it('deletes what is older than thirty days', async () => {
      await using rig = await open()
      await rig.store.writeWindows([aWindow(), aWindow({ startMs: NOON + DAY })])
      await rig.store.compact(NOON + 2 * DAY)
      const outOfDate = NOON + 10_000 + 30 * DAY
      expect(await rig.store.compact(outOfDate)).toEqual({ rolledUp: 0, deleted: 0 })
      expect(await rig.store.compact(outOfDate + 1)).toEqual({ rolledUp: 0, deleted: 1 })
      expect((await rig.store.readWindows({})).windows).toMatchObject([{ startMs: NOON + DAY }])
    })

    it('takes nothing twice that is sent again while it is rolled up', async () => {
      await using rig = await open()
      const another = await rig.openAnother()
      const windows = Array.from({ length: 200 }, (_, index) => aWindow({ startMs: NOON + index * 60_000 }))
      await rig.store.writeWindows(windows)
      const again = async () => {
        for (let time = 0; time < 10; time++) await another.writeWindows(windows)
      }
      await Promise.all([rig.store.compact(NOON + DAY), again(), again()])
      await rig.store.compact(NOON + DAY)
      expect(operationsOf((await rig.store.readWindows({})).windows)).toBe(2000)
    })

    it('counts each window once, however many roll up at the same time', async () => {
      await using rig = await open()
      const another = await rig.openAnother()
      const windows = Array.from({ length: 600 }, (_, index) => aWindow({ startMs: NOON + index * 10_000 }))
      await rig.store.writeWindows(windows)
      const done = await Promise.all([rig.store, another, rig.store].map((store) => store.compact(NOON + DAY)))
      const rest = await rig.store.compact(NOON + DAY)
      expect([...done, rest].reduce((total, { rolledUp }) => total + rolledUp, 0)).toBe(600)
      expect(operationsOf((await rig.store.readWindows({})).windows)).toBe(6000)
    })
  })
}

function operationsOf(windows: readonly ObservationWindow[]): number {
  return windows
    .flatMap(({ operations }) => Object.values(operations))
    .reduce((total, { operations }) => total + operations, 0)
}
