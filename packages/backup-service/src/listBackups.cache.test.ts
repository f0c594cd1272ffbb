import { ServiceCache } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { clockStartingAt, systemClock } from '@gradvis/kernel'
import { describe, expect, it, vi } from 'vitest'

import { createLegacyBackupService } from './legacy/index.ts'
import { BackupStore } from './migrated/BackupStore.ts'
import { createMigratedBackupService } from './migrated/index.ts'
import { BackupRig } from './testing/index.ts'

const subject = 'subject-1'
const sources = [{ kind: 'records' as const }]

/** File systems keep times in ticks of some milliseconds. */
const nextTick = () => new Promise((resolve) => setTimeout(resolve, 20))

/** Both implementations on one folder, by a clock for which whatever is on disk has been there for a minute. */
async function bothSides(rig: BackupRig) {
  const clock = clockStartingAt(Date.now() + 60_000)
  const context = createTestContext({ clock })
  const migrated = await rig.start(() => createMigratedBackupService(context, rig.options()))
  const legacy = await rig.start(() => createLegacyBackupService(createTestContext({ clock }), rig.options()))
  /** How many backups the migrated side lists, and whether it had to look. */
  const list = async () => {
    await nextTick()
    const { backups } = await migrated.listBackups({ subject })
    return [backups.length, context.observations.at(-1)?.cacheHit]
  }
  return { migrated, legacy, list }
}

describe('a list that is asked for again', () => {
  it('comes from the cache until either side changes it', async () => {
    await using rig = await BackupRig.create()
    const { migrated, legacy, list } = await bothSides(rig)
    const { id } = await migrated.createBackup({ subject, sources })
    expect([await list(), await list()]).toEqual([
      [1, false],
      [1, true],
    ])
    await legacy.createBackup({ subject, sources })
    expect([await list(), await list()]).toEqual([
      [2, false],
      [2, true],
    ])
    await legacy.deleteBackup({ subject, backupId: id })
    expect(await list()).toEqual([1, false])
    await migrated.createBackup({ subject, sources })
    expect(await list()).toEqual([2, false])
    await legacy.eraseSubject({ subject })
    expect([(await list())[0], (await list())[0]]).toEqual([0, 0])
  })

  it('is not kept when it has just changed, or is everybody’s', async () => {
    await using rig = await BackupRig.create()
    const context = createTestContext({ clock: clockStartingAt(Date.now()) })
    const service = await rig.start(() => createMigratedBackupService(context, rig.options()))
    await service.createBackup({ subject, sources })
    for (const input of [{ subject }, { subject }, {}, {}]) await service.listBackups(input)
    expect(context.observations.slice(1).map(({ cacheHit }) => cacheHit)).toEqual([false, false, false, false])
  })

  it('holds nothing of a subject that was erased', async () => {
    await using rig = await BackupRig.create()
    const { migrated, list } = await bothSides(rig)
    await migrated.createBackup({ subject, sources })
    await list()
    expect(migrated.reportBytes()).toBeGreaterThan(0)
    await migrated.eraseSubject({ subject })
    expect(migrated.reportBytes()).toBe(0)
  })

  it('takes nothing up again that was read before an erasure', async () => {
    await using rig = await BackupRig.create()
    const { migrated } = await bothSides(rig)
    await migrated.createBackup({ subject, sources })
    const cache = new ServiceCache(systemClock)
    const erasing = vi.spyOn(cache, 'get').mockImplementation(() => {
      cache.clear()
      return undefined
    })
    const { backups } = await new BackupStore(rig.options().storeFolder, cache).catalogue(
      subject,
      new AbortController().signal,
    )
    expect([backups.length, erasing.mock.calls.length, cache.sizeBytes]).toEqual([1, 1, 0])
  })
})
