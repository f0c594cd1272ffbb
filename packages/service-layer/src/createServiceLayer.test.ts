import { BackupService } from '@gradvis/backup-service'
import type { AnyServiceToken, Observation } from '@gradvis/base-service'
import { ManualClock } from '@gradvis/kernel/testing'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import { inject, injectable } from '@gradvis/service-container'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'
import { describe, expect, it } from 'vitest'

import { createTestServiceLayer } from './testing/createTestServiceLayer.ts'

const SERVICES: readonly AnyServiceToken[] = [BackupService, NetworkConnectivityService, WebRTCPeerService]

const production = (instant: string, env: Record<string, string> = {}) => ({ env, clock: new ManualClock(instant) })

describe('createServiceLayer', () => {
  it('runs a migrated service by default in development and legacy before the rollout in production', async () => {
    await using development = await createTestServiceLayer()
    await using early = await createTestServiceLayer(production('2025-01-01T00:00:00Z'))
    for (const token of SERVICES) {
      expect(development.explain(token, 'subject-1').decision).toMatchObject({
        implementation: 'migrated',
        reason: 'ENVIRONMENT',
      })
      expect(early.explain(token, 'subject-1').decision).toMatchObject({
        implementation: 'legacy',
        reason: 'NOT_STARTED',
      })
    }
  })

  it('follows the schedule as its clock runs, without a restart', async () => {
    const clock = new ManualClock('2025-01-15T07:59:00Z')
    await using layer = await createTestServiceLayer({ env: {}, clock })
    const reason = () => layer.explain(WebRTCPeerService, 'subject-1').decision.reason
    expect([reason(), layer.explain(BackupService, 'subject-1').percentageBps]).toEqual(['NOT_STARTED', 5_000])
    clock.advance(60_000)
    expect([reason(), layer.explain(BackupService, 'subject-1').percentageBps]).toEqual(['SPLIT', 10_000])
  })

  it('really serves each side of each service', async () => {
    for (const side of ['true', 'false']) {
      const observations: Observation[] = []
      const env = {
        USE_MIGRATED_BACKUP_SERVICE: side,
        USE_MIGRATED_NETWORK_SERVICE: side,
        USE_MIGRATED_WEBRTC_PEER_SERVICE: side,
      }
      await using layer = await createTestServiceLayer({ env, observer: { record: (one) => observations.push(one) } })
      expect(await layer.get(BackupService).listBackups({})).toMatchObject({ backups: [] })
      expect(await layer.get(NetworkConnectivityService).checkBackend()).toMatchObject({ endpoints: [] })
      expect(await layer.get(WebRTCPeerService).getRoom({ roomId: 'r' })).toMatchObject({ participantCount: 0 })
      const implementation = side === 'true' ? 'migrated' : 'legacy'
      expect(observations.map((one) => [one.implementation, one.outcome])).toEqual(
        Array.from({ length: 3 }, () => [implementation, 'ok']),
      )
      expect(layer.totals.of('BackupService')[implementation]).toMatchObject({ operations: 1, faults: 0 })
    }
  })

  it('refuses a wrong environment before anything is started', async () => {
    await expect(createTestServiceLayer({ env: { USE_MIGRATED_BACKUP_SERVICE: 'maybe' } })).rejects.toMatchObject({
      code: 'flags.invalid_environment_value',
    })
  })

  it('speaks the language of the environment', async () => {
    await using layer = await createTestServiceLayer({ env: { NODE_ENV: 'development', LANG: 'en_US.UTF-8' } })
    const failure = await layer
      .get(BackupService)
      .verifyBackup({ subject: 's', backupId: crypto.randomUUID() })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'backup.not_found' })
    expect(layer.localizer.describeError(failure)).not.toBe((failure as Error).message)
    expect(layer.localizer.withLanguage('sv').describeError(failure)).toBe((failure as Error).message)
  })

  it('injects services into classes of the application and lets tests swap and pin', async () => {
    @injectable()
    class Archive {
      readonly backups: BackupService
      constructor(@inject(BackupService) backups: BackupService) {
        this.backups = backups
      }
    }
    await using layer = await createTestServiceLayer()
    const archive = layer.get(Archive)
    {
      using _swap = layer.swap(BackupService, { deleteBackup: async () => ({ deleted: true }) })
      expect(await archive.backups.deleteBackup({ subject: 's', backupId: crypto.randomUUID() })).toEqual({
        deleted: true,
      })
    }
    using _pin = layer.pin(NetworkConnectivityService, 'legacy')
    expect(SERVICES.map((token) => layer.explain(token).decision.implementation)).toEqual([
      'migrated',
      'legacy',
      'migrated',
    ])
  })

  it('keeps a network subscription firing when its side is flipped', async () => {
    await using layer = await createTestServiceLayer()
    const heard: unknown[] = []
    const network = layer.get(NetworkConnectivityService)
    const subscription = await network.subscribe({ listener: (change) => heard.push(change) })
    await network.checkBackend()
    const before = heard.length
    using _pin = layer.pin(NetworkConnectivityService, 'legacy')
    await network.checkBackend()
    await expect.poll(() => heard.length).toBeGreaterThan(before)
    await subscription.close()
  })
})
