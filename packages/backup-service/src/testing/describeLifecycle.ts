import { writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { openFilesBelow } from './openFilesBelow.ts'

const ALL_RECORDS = [{ kind: 'records' as const }]

export function describeLifecycle(name: string, create: CreateBackupService): void {
  describe(`${name}: starting and stopping`, () => {
    it('takes no calls before start and after stop, both of which may be repeated', async () => {
      await using rig = await BackupRig.create()
      const service = create(rig.options(), rig.clock)
      const notRunning = { code: 'service.not_running', message: expect.stringContaining('inte igång') }
      await expect(service.listBackups({})).rejects.toMatchObject(notRunning)
      await Promise.all([service.start(), service.start()])
      expect(await service.listBackups({})).toEqual({ backups: [], unreadableCount: 0 })
      await Promise.all([service.stop(), service.stop()])
      await expect(service.listBackups({})).rejects.toMatchObject(notRunning)
      await expect(service.getRetentionPolicy()).rejects.toMatchObject(notRunning)
    })

    it('lets calls in flight finish before it has stopped, and leaves nothing running', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const ended: string[] = []
      const making = service.createBackup({ subject, sources: ALL_RECORDS }).then((backup) => {
        ended.push('backup')
        return backup
      })
      await service.stop().then(() => ended.push('stop'))
      expect(ended).toEqual(['backup', 'stop'])
      expect(openFilesBelow(rig.root) ?? []).toEqual([])
      expect(rig.clock.pendingTimers).toBe(0)
      const next = await rig.start(create)
      expect((await next.listBackups({ subject })).backups).toEqual([await making])
    })

    it('does not start where it can keep nothing', async () => {
      await using rig = await BackupRig.create()
      await writeFile(rig.store, 'ingen mapp')
      const service = create(rig.options(), rig.clock)
      await expect(service.start()).rejects.toMatchObject({ code: 'backup.storage_failed', fault: 'service' })
      await expect(service.listBackups({})).rejects.toMatchObject({ code: 'service.not_running' })
      await service.stop()
    })

    it('says how many bytes it holds', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      await service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })
      await service.listBackups({})
      const bytes = service.reportBytes()
      expect(bytes).toBeGreaterThan(0)
      expect(bytes).toBeLessThan(100_000)
    })
  })
}
