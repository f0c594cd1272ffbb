import { readdir } from 'node:fs/promises'

import type { Progress } from '@gradvis/base-service'
import { describe, expect, it } from 'vitest'

import type { BackupSource } from '../BackupSource.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedRecords, generatedSource } from './generatedSource.ts'
import { openFilesBelow } from './openFilesBelow.ts'
import { tickingClock } from './tickingClock.ts'

const ALL_RECORDS = [{ kind: 'records' as const }]
const CANCELLED = { code: 'service.cancelled', message: expect.stringContaining('avbröts') }

export function describeCancelling(name: string, create: CreateBackupService): void {
  describe(`${name}: cancelling`, () => {
    it('refuses to begin when it is cancelled already', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const options = { signal: AbortSignal.abort() }
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS }, options)).rejects.toMatchObject(
        CANCELLED,
      )
      await expect(service.listBackups({}, options)).rejects.toMatchObject(CANCELLED)
      expect(await rig.stored()).toEqual([])
    })

    it.each(['writing', 'checking'])('leaves nothing of a backup that is cancelled while %s', async (wanted) => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a.bin': Buffer.alloc(3_000_000, 'a'), 'b.bin': Buffer.alloc(3_000_000, 'b') })
      const service = await rig.start(create, { source: generatedSource(1000) }, tickingClock(rig.clock))
      const sources = [...ALL_RECORDS, { kind: 'folder' as const, path: rig.file() }]
      for (const atReport of [1, 2, 5, 20]) {
        const aborter = new AbortController()
        let reports = 0
        const onProgress = ({ phase }: { phase: string }) => {
          if (phase === wanted && (reports += 1) === atReport) aborter.abort()
        }
        await expect(
          service.createBackup({ subject: aSubject(), sources }, { signal: aborter.signal, onProgress }),
          `report ${atReport}`,
        ).rejects.toMatchObject(CANCELLED)
        expect(await rig.stored()).toEqual([])
        expect(openFilesBelow(rig.root) ?? []).toEqual([])
      }
    })

    it('leaves nothing when it is cancelled at the last byte that is checked', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, {}, tickingClock(rig.clock))
      const aborter = new AbortController()
      const onProgress = ({ done, total }: Progress) => {
        if (done === total) aborter.abort()
      }
      const call = { signal: aborter.signal, onProgress }
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS }, call)).rejects.toMatchObject(
        CANCELLED,
      )
      expect(await rig.stored()).toEqual([])
    })

    it('does not wait for a source that never answers', async () => {
      await using rig = await BackupRig.create()
      const aborter = new AbortController()
      const source: BackupSource = {
        recordTypes: ['meeting'],
        async *records() {
          yield { type: 'meeting', id: 'a', body: {} }
          aborter.abort()
          await new Promise(() => {})
        },
      }
      const service = await rig.start(create, { source })
      await expect(
        service.createBackup({ subject: aSubject(), sources: ALL_RECORDS }, { signal: aborter.signal }),
      ).rejects.toMatchObject(CANCELLED)
      expect(await rig.stored()).toEqual([])
    })

    it.each(['checking', 'restoring'])('changes nothing when a restore is cancelled while %s', async (wanted) => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { source: generatedSource(3000) }, tickingClock(rig.clock))
      const subject = aSubject()
      const before = generatedRecords(subject, 1)
      const { id } = await service.createBackup({ subject, sources: ALL_RECORDS })
      rig.target.put(subject, before)
      for (const target of [{ kind: 'application' as const }, { kind: 'folder' as const, path: rig.restored('a') }]) {
        const aborter = new AbortController()
        const onProgress = ({ phase }: { phase: string }) => {
          if (phase === wanted) aborter.abort()
        }
        const call = { signal: aborter.signal, onProgress }
        await expect(
          service.restoreBackup({ subject, backupId: id, target, overwrite: true }, call),
        ).rejects.toMatchObject(CANCELLED)
      }
      expect(rig.target.recordsOf(subject)).toEqual(before)
      expect(await readdir(rig.restored())).toEqual([])
      expect(openFilesBelow(rig.root) ?? []).toEqual([])
    })

    it('stops a verification', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { source: generatedSource(3000) }, tickingClock(rig.clock))
      const { subject, id } = await service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })
      const aborter = new AbortController()
      const call = { signal: aborter.signal, onProgress: () => aborter.abort() }
      await expect(service.verifyBackup({ subject, backupId: id }, call)).rejects.toMatchObject(CANCELLED)
      expect(openFilesBelow(rig.root) ?? []).toEqual([])
    })
  })
}
