import { foldState, type ObservationWindow, type RolloutEvent, type StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { aWindow } from '../testing/seedStore.ts'
import { testPlan } from '../testing/testPlan.ts'
import { createTexts } from '../texts/cliMessages.ts'
import { analyseService, runOf, type ServiceAnalysis } from './analyseService.ts'
import { analysisLines } from './analysisLines.ts'

const service = 'BackupService'
const entered = (phase: string): RolloutEvent => ({ type: 'phase_entered', service, phase, percentageBps: 1000 })
const rolledBack: RolloutEvent = { type: 'rolled_back', service, cause: { kind: 'operator' }, cooldownUntilMs: 0 }

function log(...events: readonly RolloutEvent[]): readonly StoredEvent[] {
  return events.map((event, index) => ({ sequence: index + 1, at: (index + 1) * 100, actor: 'test', event }))
}

describe('the run that a report is about', () => {
  it('lasts from the first percentage until now', () => {
    expect(runOf(service, log(entered('initial'), entered('extended')), 1000)).toEqual({ fromMs: 100, toMs: 1000 })
  })

  it('ends with the rollback', () => {
    expect(runOf(service, log(entered('initial'), rolledBack), 1000)).toEqual({ fromMs: 100, toMs: 200 })
  })

  it('is the new one once the service has begun again', () => {
    const again = log(entered('initial'), rolledBack, { type: 'resumed', service }, entered('initial'))
    expect(runOf(service, again, 1000)).toEqual({ fromMs: 400, toMs: 1000 })
  })

  it('is empty where nothing has begun', () => {
    expect(runOf('WebRTCPeerService', log(entered('initial')), 1000)).toEqual({ fromMs: 1000, toMs: 1000 })
  })
})

describe('a run of ten hours at 10 % that was rolled back for its last minutes', () => {
  const HOUR_MS = 3_600_000
  const [START, END] = [HOUR_MS, 11 * HOUR_MS]
  const at = (ms: number, event: RolloutEvent) => ({ at: ms, actor: 'test', event })
  const adopted: RolloutEvent = {
    type: 'plan_adopted',
    revision: 1,
    fingerprint: 'f',
    plan: { ...testPlan, revision: 1 },
  }
  const began = [at(0, adopted), at(START, entered('initial'))]
  const numbered = (events: readonly Omit<StoredEvent, 'sequence'>[]): readonly StoredEvent[] =>
    events.map((event, index) => ({ ...event, sequence: index + 1 }))
  const long = (startMs: number, endMs: number, window: ObservationWindow) => ({ ...window, startMs, endMs })

  const calm = [
    long(
      START,
      END - HOUR_MS,
      aWindow(0, { implementation: 'legacy', operations: 900_000, faults: 900, codes: { 'backup.io': 900 } }),
    ),
    long(
      START,
      END - HOUR_MS,
      aWindow(0, { implementation: 'migrated', operations: 100_000, faults: 50, codes: { 'backup.io': 50 } }),
    ),
  ]
  // Fewer of one code than legacy has, but of a ninth of the calls.
  const late = [
    aWindow(END - 60_000, { implementation: 'legacy', operations: 1800, faults: 50, codes: { 'backup.io': 50 } }),
    aWindow(END - 60_000, {
      implementation: 'migrated',
      operations: 200,
      faults: 10,
      codes: { 'backup.io': 10 },
      meanMs: 30,
    }),
  ]
  const analysisOf = (windows: readonly ObservationWindow[], ...events: readonly Omit<StoredEvent, 'sequence'>[]) => {
    const all = numbered([...began, ...events])
    const period = runOf(service, all, END + HOUR_MS)
    return analyseService(service, { events: all, status: foldState(all), windows, period })
  }
  const linesOf = (analysis: ServiceAnalysis, language: 'sv' | 'en') =>
    analysisLines(analysis, createTexts(language))
      .map((line) =>
        [line]
          .flat()
          .map((part) => (typeof part === 'string' ? part : (part as { text: string }).text))
          .join(''),
      )
      .join('\n')
  const analysis = analysisOf([...calm, ...late], at(END, rolledBack))

  it('is compared twice: on the whole, and just before the rollback', () => {
    expect(analysis.comparison.operations[0]?.migrated.errorRate).toBeCloseTo(60 / 100_200, 9)
    expect(analysis.beforeRollback).toMatchObject({
      period: { fromMs: END - 15 * 60_000, toMs: END },
      comparison: {
        operations: [{ operation: 'createBackup', legacy: { operations: 1800 }, migrated: { errorRate: 0.05 } }],
        faults: [{ code: 'backup.io', legacy: 50, migrated: 10 }],
      },
    })
    expect(analysis.beforeRollback?.comparison.operations[0]?.meanRatio).toBeCloseTo(1.5, 6)
  })

  it.each([
    [
      'sv',
      'BackupService strax före rollback, 1970-01-01 10:45:00 UTC',
      'under hela körningen',
      /felorsaker: strax före rollback: vanligaste felet .* är backup\.io \(10 gånger\)/,
    ],
    [
      'en',
      'BackupService just before the rollback, 1970-01-01 10:45:00 UTC',
      'during the whole run',
      /causes: just before the rollback: the most frequent .* is backup\.io \(10 times\)/,
    ],
  ] as const)('shows its end first, and takes the hint from there (%s)', (language, before, whole, hint) => {
    const text = linesOf(analysis, language)
    expect(text.startsWith(before)).toBe(true)
    expect(text.indexOf(whole)).toBeGreaterThan(text.search(/migrated +200 +5\s?%/))
    expect(text).toMatch(hint)
  })

  it('takes the windows that overlap its end, also longer ones', () => {
    const edge = long(END - 20 * 60_000, END - 10 * 60_000, aWindow(0, { implementation: 'migrated', operations: 7 }))
    const other = { ...aWindow(END, { implementation: 'migrated' as const }), service: 'WebRTCPeerService' }
    const { beforeRollback } = analysisOf([...calm, edge, other], at(END, rolledBack))
    expect(beforeRollback?.comparison.operations).toMatchObject([{ migrated: { operations: 7 } }])
  })

  it('says where its end was not observed, and takes the hint from the whole run then', () => {
    const usual = long(START, START + HOUR_MS, aWindow(0, { implementation: 'legacy' }))
    const slow = long(START, START + HOUR_MS, aWindow(0, { implementation: 'migrated', operations: 1000, meanMs: 90 }))
    const text = linesOf(analysisOf([usual, slow], at(END, rolledBack)), 'en')
    expect(text).toContain('No calls were observed during that time.')
    expect(text).toMatch(/causes: createBackup takes [\d.]+× as long/)
    expect(linesOf(analysisOf([], at(END, rolledBack)), 'en')).not.toContain('just before the rollback')
  })

  it('has no such end while it is under way', () => {
    const underWay = analysisOf([...calm, ...late])
    expect(underWay.beforeRollback).toBeNull()
    expect(linesOf(underWay, 'en')).toMatch(/^BackupService: legacy and migrated/)
  })
})
