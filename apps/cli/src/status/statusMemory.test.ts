import { describe, expect, it } from 'vitest'

import { aWindow } from '../testing/seedStore.ts'
import { service, useGradvis } from '../testing/useGradvis.ts'
import type { ServiceReport } from './StatusReport.ts'

describe('gradvis status', { timeout: 60_000 }, () => {
  const { store, gradvis, json } = useGradvis()

  it('shows what instances have written of memory and findings, in both languages and for machines', async () => {
    await store().execute({ type: 'promote', service })
    const end = Date.now() + 20_000
    const memory = { sampledHeapBytes: 7_000_000, externalBytes: 500_000, findings: { 'log:email': 3 } }
    const process = { heapUsedBytes: 40_000_000, externalBytes: 6_000_000, arrayBufferBytes: 5_000_000 }
    await store().store.writeWindows([
      { ...aWindow(end, { implementation: 'migrated', heldBytes: 1_000_000 }), ...memory, process },
      { ...aWindow(end, { implementation: 'migrated', heldBytes: 2_000_000 }), ...memory, instance: 'two', process },
      aWindow(end, { implementation: 'legacy', heldBytes: 4_000_000 }),
    ])
    const [swedish, english] = [await gradvis(['status'], {}), await gradvis(['status'])]
    expect(swedish.stdout.replace(/[^\S\n]+/g, ' ')).toContain(`${service} migrated 6 3 MB 14 MB 1 MB –`)
    expect(swedish.stdout).toContain('Hela processer: 2 st')
    expect(english.stdout).toMatch(/findings \(GDPR\)\s+held\s+sampled heap\s+outside heap\s+trend/)
    const report = (await json('status')) as { services: Record<string, ServiceReport>; process: unknown }
    expect(report.process).toEqual({
      instances: 2,
      heapUsedBytes: 80_000_000,
      externalBytes: 12_000_000,
      arrayBufferBytes: 10_000_000,
    })
    expect(report.services[service]?.memory).toEqual({
      legacy: { heldBytes: 4_000_000, sampledHeapBytes: null, externalBytes: null, trend: null, findings: {} },
      migrated: {
        heldBytes: 3_000_000,
        sampledHeapBytes: 14_000_000,
        externalBytes: 1_000_000,
        trend: null,
        findings: { 'log:email': 6 },
      },
    })
  })
})
