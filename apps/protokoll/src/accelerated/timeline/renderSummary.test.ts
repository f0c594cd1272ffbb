import { describe, expect, it } from 'vitest'

import type { Summary } from '../Summary.ts'
import { renderSummary } from './renderSummary.ts'

const counts = { operations: 1_000, faults: 0, rescued: 0 }
const check = { made: 5, found: 5, intact: 5 }
const summary: Summary = {
  outcome: 'rolled-back',
  durationMs: 120_000,
  services: {
    BackupService: {
      status: 'rolled-back',
      phases: [
        { phase: 'initial', percentage: 10, at: 0, by: 'evidence' },
        { phase: 'extended', percentage: 50, at: 0, by: 'hand', reason: 'GATE NOT MET: backup-speed 1.02 (limit 0.7)' },
      ],
      rolledBack: {
        sequence: 9,
        at: 0,
        actor: 'engine@a',
        event: {
          type: 'rolled_back',
          service: 'BackupService',
          cause: { kind: 'guardrail', guardrail: 'error-rate-early' },
          cooldownUntilMs: 0,
        },
      },
      sides: { legacy: counts, migrated: { operations: 70, faults: 8, rescued: 7 } },
    },
  },
  requests: { total: 1_070, failed: 1, codes: { InjectedFault: 1 } },
  backups: {
    legacy: check,
    migrated: { ...check, intact: 4 },
    askedOf: { legacy: 2, migrated: 0 },
    restored: 2,
    differed: 0,
  },
  eventLoop: { p50Ms: 1, p99Ms: 20, maxMs: 99, leastShare: 1 },
  store: 'rollout.db',
}
const render = (changes: Partial<Summary>, language: 'sv' | 'en' = 'en') =>
  renderSummary({ ...summary, ...changes }, { language, calendarOf: () => Date.parse('2025-01-12T08:00:00Z') })

describe('the summary for people', () => {
  it('says how every phase came about, and repeats what was promoted by hand', () => {
    expect(render({})).toMatch(/10% 01-12 08:00, 50% 01-12 08:00 BY HAND/)
    expect(render({})).toMatch(/‼ BackupService → extended: GATE NOT MET: backup-speed 1.02 \(limit 0.7\)/)
  })

  it('says why a service went back, what failed and what was rescued', () => {
    const text = render({})
    expect(text).toMatch(/BackupService +rolled-back +1000 +70 +8 +7/)
    expect(text).toMatch(/✖ BackupService is rolled back by the guardrail error-rate-early/)
    expect(text).toMatch(/Requests of users: 1070, of which failed: 1 \(InjectedFault 1\)/)
  })

  it('counts a backup as lost that is not intact any more', () => {
    expect(render({})).toMatch(/lost: 1\./)
    expect(render({ backups: { ...summary.backups, migrated: check } })).toMatch(/lost: 0\./)
  })

  it('says how to look further, or how to keep the log', () => {
    expect(render({})).toContain('npm run gradvis -- log --store rollout.db')
    const { store: _gone, ...without } = summary
    expect(renderSummary(without, { language: 'en', calendarOf: (at) => at })).toContain('The log is removed')
  })

  it.each(['complete', 'rolled-back', 'held'] as const)('has words for the outcome %s in both languages', (outcome) => {
    const [sv, en] = [render({ outcome }, 'sv').split('\n')[0], render({ outcome }).split('\n')[0]]
    expect(sv).toMatch(/tjänst/)
    expect(en).toMatch(/service/)
  })
})
