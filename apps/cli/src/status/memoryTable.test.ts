import { emptyEvidence, foldState, gatherEvidence, type ObservationWindow, type StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { aWindow } from '../testing/seedStore.ts'
import { testPlan } from '../testing/testPlan.ts'
import { createTexts } from '../texts/cliMessages.ts'
import { lineText } from '../terminal/Line.ts'
import { statusLines } from './statusLines.ts'
import { statusReport } from './StatusReport.ts'

const START = Date.parse('2025-01-10T08:00:00Z')
const WINDOWS = 60
const MB = 1_000_000
const service = 'BackupService'

const events = [
  { type: 'plan_adopted', revision: 1, fingerprint: 'f', plan: testPlan },
  { type: 'phase_entered', service, phase: 'initial', percentageBps: 1000 },
] as const
const log = events.map((event, index): StoredEvent => ({ sequence: index + 1, at: START, actor: 'tester', event }))

/** Ten minutes of both sides; what migrated holds and its sampled heap by window. */
function reportOf(migrated: (index: number) => Partial<ObservationWindow>) {
  const status = foldState(log)
  const windows = Array.from({ length: WINDOWS }, (_, index) => START + (index + 1) * 10_000).flatMap(
    (endMs, index) => [
      aWindow(endMs, { implementation: 'legacy', heldBytes: 2 * MB }),
      { ...aWindow(endMs, { implementation: 'migrated' }), ...migrated(index) },
    ],
  )
  const [now, evidence] = [START + WINDOWS * 10_000, gatherEvidence(emptyEvidence, windows, status)]
  return statusReport({ store: 'test', now, status, verdicts: {}, evidence, lastObservationMs: now })
}

const shown = (report: ReturnType<typeof reportOf>, language: 'sv' | 'en') =>
  statusLines(report, createTexts(language)).map((line) => lineText(line, false))
const rowOf = (lines: readonly string[], side: string) =>
  lines.find((line) => new RegExp(`${service} +${side} `).test(line))?.replace(/\s+/g, ' ')

describe('memory in the status', () => {
  it('is shown by service and side, with what grows and how fast', () => {
    const report = reportOf((index) => ({
      heldBytes: 3 * MB,
      sampledHeapBytes: (10 + index) * MB,
      externalBytes: MB / 2,
      process: { heapUsedBytes: 120 * MB, externalBytes: 30 * MB, arrayBufferBytes: 25 * MB },
    }))
    const [swedish, english] = [shown(report, 'sv'), shown(report, 'en')]
    expect(rowOf(swedish, 'legacy')).toBe('BackupService legacy 0 2 MB – – 0 B/h')
    expect(rowOf(swedish, 'migrated')).toBe(
      'BackupService migrated 0 3 MB 69 MB 500 kB +360 MB/h, växer (samplad heap)',
    )
    expect(rowOf(english, 'migrated')).toContain('+360 MB/h, growing (sampled heap)')
    expect(swedish).toContain('Hela processer: 1 st, heap 120 MB, utanför heapen 30 MB, varav buffertar 25 MB')
    expect(english).toContain('Whole processes: 1, heap 120 MB, outside the heap 30 MB, of which buffers 25 MB')
  })

  it('is the same for machines, and null where it is not known', () => {
    const { services, process } = reportOf(() => ({ heldBytes: 3 * MB, findings: { 'log:email': 2 } }))
    expect(process).toBeNull()
    expect(services[service]?.memory).toMatchObject({
      legacy: { heldBytes: 2 * MB, sampledHeapBytes: null, externalBytes: null, findings: {} },
      migrated: {
        heldBytes: 3 * MB,
        trend: { source: 'heldBytes', growing: false, bytesPerHour: 0 },
        findings: { 'log:email': 2 * WINDOWS },
      },
    })
    expect(services['WebRTCPeerService']?.memory).toBeNull()
  })

  it('leaves out services that nothing is known of, and the whole table where that is all of them', () => {
    expect(
      shown(
        reportOf(() => ({})),
        'sv',
      ).filter((line) => line.includes('WebRTCPeerService')),
    ).toHaveLength(1)
    const status = foldState(log)
    const view = { store: 'test', now: START, status, verdicts: {}, lastObservationMs: START }
    expect(shown(statusReport(view), 'sv').join('\n')).not.toContain('samplad heap')
  })
})

describe('findings of personal data in the status', () => {
  it('are counted by side, before the columns that a narrow screen cuts off', () => {
    const lines = shown(
      reportOf((index) => ({ findings: index < 3 ? { 'log:email': 1, 'error:phone': 1 } : {} })),
      'sv',
    )
    expect(rowOf(lines, 'migrated')).toMatch(/^BackupService migrated 6 /)
    const heading = lines.find((line) => line.includes('fynd (GDPR)')) ?? ''
    expect(heading.indexOf('fynd (GDPR)')).toBeLessThan(80)
  })
})
