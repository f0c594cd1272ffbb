import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { PlanData } from '@gradvis/feature-flags'
import type { LocalizedText } from '@gradvis/kernel'
import { parseFault, type StoredEvent } from '@gradvis/rollout'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { startAccelerated } from './startAccelerated.ts'
import type { Timeline } from './timeline/Timeline.ts'

/** A day is two and a half seconds. */
const FACTOR = 86_400 / 2.5
const gate: PlanData['services'][string]['phases'][number]['gate'] = [
  { id: 'error-rate', sv: 'Felfrekvens', en: 'Error rate', evidence: { kind: 'error-rate', belowPercent: 5 } },
  { id: 'looked-at', sv: 'Granskad', en: 'Looked at' },
]
const phases: PlanData['services'][string]['phases'] = [
  { name: 'initial', start: '2025-01-10T08:00:00Z', percentage: 30, days: 1, errorRateThresholdPercent: 1, gate },
  { name: 'extended', start: '2025-01-11T08:00:00Z', percentage: 60, days: 1, errorRateThresholdPercent: 1, gate },
  { name: 'full', start: '2025-01-12T08:00:00Z', percentage: 100, days: 1, gate: [] },
]
const plan: PlanData = {
  hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
  minimumOperations: 50,
  // How fast a machine is that runs other tests at the same time says nothing.
  guardrails: { latency: { mode: 'observe' } },
  services: {
    BackupService: { phases },
    NetworkConnectivityService: { phases },
  },
}

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'protokoll-test-'))
})
afterEach(() => rm(data, { recursive: true, force: true }))

async function run(faults: readonly string[] = [], signal = new AbortController().signal) {
  const events: StoredEvent[] = []
  const notes: LocalizedText[] = []
  const timeline: Timeline = {
    event: (stored) => void events.push(stored),
    note: (text) => void notes.push(text),
    progress: () => {},
    summary: () => {},
    close: () => {},
  }
  const common = { factor: FACTOR, subjects: 60, port: 0, data, env: {}, plan, language: 'en' as const, signal }
  const started = await startAccelerated({ ...common, faults: faults.map(parseFault), timeline: () => timeline })
  return { ...started, events, notes }
}

describe('an accelerated rollout', { timeout: 60_000 }, () => {
  it('takes real services to 100 % on evidence and sign-offs, and fails no request', async () => {
    const { summary, protokoll, events } = await run()
    const token = protokoll.tokens.issue('subject-0000')
    const headers = { authorization: `Bearer ${token}` }
    const answer = (await (await fetch(`${protokoll.url}/api/rollout`, { headers })).json()) as object
    await protokoll.stop()

    expect(summary).toMatchObject({ outcome: 'complete', requests: { failed: 0 } })
    for (const { status, phases } of Object.values(summary.services)) {
      expect(status).toBe('complete')
      expect(phases.map(({ percentage, by }) => [percentage, by])).toEqual([
        [30, 'evidence'],
        [60, 'evidence'],
        [100, 'evidence'],
      ])
    }
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index + 1))
    const signed = events.filter(({ event }) => event.type === 'signed_off')
    expect(signed.map(({ actor }) => actor)).toEqual(Array.from({ length: 4 }, () => 'demonstration'))
    expect(answer).toMatchObject({
      status: { services: { BackupService: { status: 'complete' } } },
      verdicts: [{}, {}],
    })
  })

  it('rolls a service that fails back by itself, rescues its reads and loses nothing', async () => {
    const { summary, protokoll, notes } = await run(['BackupService:errors=0.2@60%'])
    await protokoll.stop()
    expect(notes.map(({ en }) => en)).toEqual(['Injecting a fault: BackupService: errors=0.2'])
    expect(summary.outcome).toBe('rolled-back')
    const { BackupService, NetworkConnectivityService } = summary.services
    expect(NetworkConnectivityService?.status).toBe('complete')
    expect(BackupService).toMatchObject({
      status: 'rolled-back',
      phases: [{ percentage: 30 }, { percentage: 60 }],
      rolledBack: { event: { cause: { kind: 'guardrail', guardrail: 'error-rate-early' } } },
    })
    expect(BackupService?.sides.migrated.rescued).toBeGreaterThan(0)
    // Writes cannot be rescued; everything else was.
    const { faults, rescued } = BackupService!.sides.migrated
    expect(summary.requests.failed).toBe(faults - rescued)
    expect(summary.backups.migrated.made).toBeGreaterThan(0)
    for (const { made, found, intact } of [summary.backups.legacy, summary.backups.migrated])
      expect([found, intact]).toEqual([made, made])
    expect(summary.backups).toMatchObject({ askedOf: { migrated: 0 }, differed: 0 })
  })

  it('takes a service back at once when a GDPR violation is reported', async () => {
    const { summary, protokoll } = await run(['NetworkConnectivityService:gdpr@30%'])
    await protokoll.stop()
    expect(summary.services['NetworkConnectivityService']).toMatchObject({
      status: 'rolled-back',
      phases: [{ percentage: 30 }],
      rolledBack: { actor: 'demonstration', event: { cause: { guardrail: 'gdpr-violation' } } },
    })
  })

  it('stops everything when it is interrupted', async () => {
    const interrupt = new AbortController()
    const running = run([], interrupt.signal)
    await expect.poll(() => existsSync(join(data, 'backups')), { timeout: 10_000 }).toBe(true)
    interrupt.abort()
    await expect(running).rejects.toBe(interrupt.signal.reason)
    expect(await readdir(data)).toContain('rollout.db')
  })

  it('refuses a store in which a rollout has begun', async () => {
    const interrupt = new AbortController()
    const running = run([], interrupt.signal)
    await expect.poll(() => existsSync(join(data, 'backups')), { timeout: 10_000 }).toBe(true)
    interrupt.abort()
    await expect(running).rejects.toBe(interrupt.signal.reason)
    await expect(run()).rejects.toMatchObject({
      code: 'start.invalid_arguments',
      message: expect.stringContaining('--accelerate behöver en ny fil') as string,
    })
  })
})
