import { describe, expect, it } from 'vitest'

import { service, useGradvis } from '../testing/useGradvis.ts'

describe('gradvis', { timeout: 60_000 }, () => {
  const { store, gradvis, json, eventTypes } = useGradvis()

  describe('changes', () => {
    it.each([
      [['promote', 'backup'], 'phase_entered'],
      [['pause', 'backup'], 'paused'],
      [['set', 'backup', '2,5'], 'percentage_set'],
      [['force-legacy', 'on', '--reason', 'outage'], 'emergency_stop_set'],
      [['incident', 'backup', '--kind', 'security', '--severity', 'low', '--reason', 'odd login'], 'incident_reported'],
    ])('%j, and shows the event and where the service stands now', async (args, type) => {
      const { stdout, stderr, code } = await gradvis([...args, '--yes'])
      expect(code, stderr).toBe(0)
      expect(stdout).toMatch(/^Done by anna:\n#2 /)
      expect(stdout).toMatch(/\nBackupService\s/)
      expect(await eventTypes()).toEqual(['plan_adopted', type])
    })

    it('with the actor and the reason in the log', async () => {
      const answer = await json('rollback', 'backup', '--reason', 'alarm 4711', '--actor', 'bo', '--yes')
      expect(answer).toMatchObject({
        events: [{ sequence: 2, actor: 'bo', reason: 'alarm 4711', event: { type: 'rolled_back', service } }],
        status: { services: { BackupService: { status: 'rolled-back' } } },
      })
      expect((await gradvis(['log', '--limit', '1'])).stdout).toContain('“alarm 4711”')
    })

    it('nothing twice: a pause is resumed, an incident released, a criterion signed off', async () => {
      await store().execute({ type: 'promote', service: 'WebRTCPeerService' })
      for (const args of [
        ['pause', 'web'],
        ['resume', 'web'],
        ['sign-off', 'web', 'audit', '--reason', 'read it'],
        ['incident', 'web', '--kind', 'security', '--severity', 'critical', '--reason', 'leak'],
        ['incident', 'web', '--release', '--reason', 'closed'],
      ]) {
        const { code, stderr } = await gradvis([...args, '--yes'])
        expect(code, stderr).toBe(0)
      }
      expect((await eventTypes()).slice(2)).toEqual([
        'paused',
        'resumed',
        'signed_off',
        'incident_reported',
        'rolled_back',
        'incident_released',
      ])
    })

    it('nothing without --yes where there is no terminal to ask in', async () => {
      const { code, stderr } = await gradvis(['promote', 'backup'])
      expect(code).toBe(2)
      expect(stderr).toContain('--yes')
      expect(await eventTypes()).toEqual(['plan_adopted'])
    })
  })
})
