import { DatabaseSync } from 'node:sqlite'

import { silentLogger } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import { anEvent } from '../testing/anEvent.ts'
import { aWindow } from '../testing/aWindow.ts'
import { describeDamage } from '../testing/describeDamage.ts'
import { describeProcesses } from '../testing/describeProcesses.ts'
import { describeReaders } from '../testing/describeReaders.ts'
import { describeRolloutStore } from '../testing/describeRolloutStore.ts'
import { SqliteRig } from '../testing/SqliteRig.ts'
import { openSqliteStore } from './openSqliteStore.ts'

describeRolloutStore('SqliteStore', () => SqliteRig.create())
describeProcesses('SqliteStore', async () => {
  const rig = await SqliteRig.create()
  return { store: rig.store, location: rig.file, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() }
})
describeReaders('SqliteStore', () => SqliteRig.create(), 150)
describeDamage('SqliteStore', () => SqliteRig.create())

describe('SqliteStore: subscribing', () => {
  it('is quiet about refused events and about windows', async () => {
    await using rig = await SqliteRig.create()
    const another = await rig.openAnother()
    const [own, others] = [vi.fn<() => void>(), vi.fn<() => void>()]
    rig.store.subscribe(own)
    another.subscribe(others)
    await rig.store.append([anEvent()], 0)
    await rig.store.append([anEvent()], 0).catch(() => {})
    await rig.store.writeWindows([aWindow()])
    await rig.store.append([], 1)
    await vi.waitFor(() => expect(others).toHaveBeenCalled())
    expect(own).toHaveBeenCalledTimes(1)
    expect(others).toHaveBeenCalledTimes(1)
  })

  it('keeps a timer only while somebody listens', async () => {
    const clock = new ManualClock()
    const store = await openSqliteStore(':memory:', { clock, logger: silentLogger })
    expect(clock.pendingTimers).toBe(0)
    const [first, second] = [store.subscribe(() => {}), store.subscribe(() => {})]
    expect(clock.pendingTimers).toBe(1)
    clock.advance(10_000)
    first()
    expect(clock.pendingTimers).toBe(1)
    second()
    expect(clock.pendingTimers).toBe(0)
    store.subscribe(() => {})
    await store.close()
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('SqliteStore: a lock that another process holds', () => {
  it('is waited for, while the event loop goes on', async () => {
    await using rig = await SqliteRig.create()
    const other = new DatabaseSync(rig.file)
    other.exec('begin immediate')
    const appending = rig.store.append([anEvent()], 0)
    setTimeout(() => other.exec('rollback'), 300)
    expect(await appending).toHaveLength(1)
    other.close()
  })

  it('is given up after some seconds, with nothing written', async () => {
    await using rig = await SqliteRig.create()
    const other = new DatabaseSync(rig.file)
    other.exec('begin immediate')
    await expect(rig.store.append([anEvent()], 0)).rejects.toMatchObject({
      code: 'rollout_store.busy',
      retryable: true,
    })
    expect(await rig.store.readEvents(0)).toEqual([])
    other.exec('rollback')
    other.close()
    expect(await rig.store.append([anEvent()], 0)).toHaveLength(1)
  })
})

describe('SqliteStore: a clock of its own', () => {
  it('says which events are more than a minute ahead, whatever the time of the system', async () => {
    const clock = new ManualClock('2025-01-10T12:00:00Z')
    const store = await openSqliteStore(':memory:', { clock, logger: silentLogger })
    const append = (aheadMs: number, after: number) => store.append([anEvent({ at: clock.now() + aheadMs })], after)
    expect(await append(60_000, 0)).toHaveLength(1)
    await expect(append(60_001, 1)).rejects.toMatchObject({
      code: 'rollout_store.clock_ahead',
      params: { seconds: 61 },
    })
    clock.advance(1)
    expect(await append(60_000, 1)).toHaveLength(1)
    await store.close()
  })
})

describe('SqliteStore: a clock that is set back', () => {
  it('voids a lease that would not end for a long time', async () => {
    const clock = new ManualClock()
    let backMs = 0
    const shifted = {
      now: () => clock.now() - backMs,
      monotonicMs: () => clock.monotonicMs(),
      schedule: clock.schedule.bind(clock),
    }
    const store = await openSqliteStore(':memory:', { clock: shifted, logger: silentLogger })
    expect(await store.lead('instance-1', 30_000)).toBe(true)
    clock.advance(29_999)
    expect(await store.lead('instance-2', 30_000)).toBe(false)
    backMs = 3_600_000
    expect(await store.lead('instance-2', 30_000)).toBe(true)
    expect(await store.lead('instance-1', 30_000)).toBe(false)
    clock.advance(30_000)
    expect(await store.lead('instance-1', 30_000)).toBe(true)
    await store.close()
  })
})
