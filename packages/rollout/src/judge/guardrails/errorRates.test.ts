import type { Guardrail } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import { emptyEvidence } from '../../evidence/Evidence.ts'
import { gatherEvidence } from '../../evidence/gatherEvidence.ts'
import type { ObservationWindow } from '../../evidence/ObservationWindow.ts'
import { aPlan, DAY_MS, inFirstPhase, MINUTE_MS, START_MS, verdictOn } from '../../testing/aRollout.ts'
import { windowOf } from '../../testing/windowOf.ts'
import { judge } from '../judge.ts'

const TICK_MS = 10_000

/** Ten-second windows from a moment on; `counts` says what each of them saw. */
function ticks(from: number, count: number, counts: (tick: number) => { operations: number; faults?: number }) {
  return Array.from({ length: count }, (_, tick) =>
    windowOf({ startMs: from + tick * TICK_MS, operations: { createBackup: counts(tick) } }),
  )
}

const RAW = aPlan({ guardrails: { 'error-rate-sustained': { rule: 'raw' }, 'error-rate-early': { mode: 'observe' } } })

function reading(id: Guardrail, windows: readonly ObservationWindow[], now: number, plan = aPlan()) {
  return verdictOn(inFirstPhase(plan), { windows, now }).guardrails.find((one) => one.id === id)!
}
const sustained = (windows: readonly ObservationWindow[], now: number, plan = aPlan()) =>
  reading('error-rate-sustained', windows, now, plan)
const early = (windows: readonly ObservationWindow[], now: number) => reading('error-rate-early', windows, now)

const after = (minutes: number) => START_MS + minutes * MINUTE_MS

describe('error rate, early', () => {
  it('rolls back heavy traffic within a minute', () => {
    const windows = ticks(START_MS, 3, () => ({ operations: 200, faults: 20 }))
    const now = START_MS + 30_000
    expect(early(windows, now)).toMatchObject({ outcome: 'breached', value: 0.1, limit: 0.01, samples: 600 })
    expect(verdictOn(inFirstPhase(), { windows, now })).toMatchObject({
      action: 'rollback',
      guardrail: 'error-rate-early',
    })
  })

  it('says what was seen in both languages', () => {
    const { text } = early(
      ticks(START_MS, 3, () => ({ operations: 200, faults: 20 })),
      after(1),
    )
    expect(text.sv).toContain('Felfrekvensen är 10 % (60 fel av 600 operationer) mot tröskeln 1 %')
    expect(text.en).toContain('The error rate is 10% (60 faults of 600 operations) against the threshold 1%')
  })

  it('is fine just below the threshold, whatever the traffic', () => {
    const windows = ticks(START_MS, 6 * 60 * 24, () => ({ operations: 1000, faults: 9 }))
    expect(early(windows, START_MS + DAY_MS).outcome).toBe('ok')
  })

  it('one fault at low traffic does not roll back', () => {
    const windows = ticks(START_MS, 60, (tick) => ({
      operations: tick % 20 === 0 ? 1 : 0,
      faults: tick === 20 ? 1 : 0,
    }))
    expect(verdictOn(inFirstPhase(), { windows, now: after(10) }).action).toBe('hold')
  })

  it('two blips a day apart do not add up', () => {
    const blip = (from: number) => ticks(from, 1, () => ({ operations: 100, faults: 3 }))
    const health = (from: number) => ticks(from, 6 * 60 * 24 - 1, () => ({ operations: 1 }))
    const windows = [
      ...blip(START_MS),
      ...health(START_MS + TICK_MS),
      ...blip(START_MS + DAY_MS),
      ...health(START_MS + DAY_MS + TICK_MS),
    ]
    const verdict = verdictOn(inFirstPhase(), { windows, now: START_MS + DAY_MS + MINUTE_MS })
    expect(verdict.action).toBe('hold')
    expect(early(windows, START_MS + 2 * DAY_MS).outcome).toBe('ok')
  })

  it('has no data without operations or without a phase', () => {
    expect(early([], after(10)).outcome).toBe('no-data')
  })
})

describe('error rate, sustained', () => {
  it('18 of 500 in the middle of a phase, against 5 allowed, rolls back', () => {
    // Half a day of health, then 3.6 % at a moderate pace.
    const midway = START_MS + DAY_MS / 2
    const windows = [
      ...ticks(START_MS, (6 * 60 * 24) / 2, () => ({ operations: 10 })),
      ...ticks(midway, 180, (tick) => ({ operations: 10, faults: tick % 3 === 0 ? 1 : 0 })),
    ]
    expect(verdictOn(inFirstPhase(), { windows, now: midway + 30 * MINUTE_MS }).action).toBe('rollback')
  })

  it('needs five unbroken minutes, however bad it is', () => {
    const plan = aPlan({ guardrails: { 'error-rate-early': { mode: 'observe' } } })
    const windows = ticks(START_MS, 31, () => ({ operations: 100, faults: 100 }))
    const before = sustained(windows.slice(0, 29), START_MS + 29 * TICK_MS, plan)
    expect(before.outcome).toBe('ok')
    expect(before.text.sv).toContain('över 1 % i 4,67 av 5 minuter i följd (just nu 100 % av 2900 operationer)')
    expect(sustained(windows, START_MS + 31 * TICK_MS, plan).outcome).toBe('breached')
  })

  it('is broken by a minute in which the trailing rate falls to the threshold', () => {
    const windows = ticks(START_MS, 60, (tick) => ({ operations: 100, faults: tick >= 30 ? 0 : 2 }))
    // 2 % for five minutes, then health: after 15 healthy ticks of 30 the trailing rate is 1 %, which is not above 1 %.
    expect(sustained(windows, START_MS + 44 * TICK_MS, RAW).outcome).toBe('breached')
    expect(sustained(windows, START_MS + 45 * TICK_MS, RAW).outcome).toBe('ok')
  })

  it('is broken by minutes without operations: no data is no breach', () => {
    const failing = () => ({ operations: 50, faults: 50 })
    const windows = [...ticks(START_MS, 30, failing), ...ticks(after(10) + TICK_MS, 6, failing)]
    expect(sustained(windows, after(11) + TICK_MS, RAW).outcome).toBe('ok')
    expect(sustained(windows.slice(0, 30), after(30), RAW)).toMatchObject({ outcome: 'no-data' })
  })

  it('the raw rule rolls back on two faults of a quiet service, the rule with evidence does not', () => {
    const windows = ticks(START_MS, 120, (tick) => ({ operations: 1, faults: tick === 30 || tick === 33 ? 1 : 0 }))
    const now = START_MS + 62 * TICK_MS
    expect(sustained(windows, now, RAW)).toMatchObject({ outcome: 'breached' })
    const verdict = sustained(windows, now)
    expect(verdict.outcome).toBe('ok')
    expect(verdict.text.sv).toContain('men bevisen räcker inte')
    expect(verdict.evidence).toBeLessThan(verdict.evidenceLimit!)
  })

  it('asks for ln(starts of the phase / alpha): 576 of five minutes in two days', () => {
    const windows = ticks(START_MS, 60, () => ({ operations: 1 }))
    expect(sustained(windows, after(10)).evidenceLimit).toBeCloseTo(Math.log(576 / 0.0001), 9)
  })

  it('finds a doubled rate after a long healthy time sooner than the test of the whole phase', () => {
    const jump = START_MS + 1.5 * DAY_MS
    const health = ticks(START_MS, 6 * 60 * 36, () => ({ operations: 100 }))
    const status = inFirstPhase(aPlan({ guardrails: { 'error-rate-early': { mode: 'observe' } } }))
    let evidence = gatherEvidence(emptyEvidence, health, status)
    const found = new Map<Guardrail, number>()
    for (const [tick, window] of ticks(jump, 120, () => ({ operations: 100, faults: 2 })).entries()) {
      evidence = gatherEvidence(evidence, [window], status)
      const [verdict] = judge({ status, evidence, now: window.endMs })
      for (const { id, outcome } of verdict!.guardrails)
        if (outcome === 'breached' && !found.has(id)) found.set(id, tick)
    }
    const [late, soon] = [found.get('error-rate-early'), found.get('error-rate-sustained')]
    expect(soon).toBeLessThanOrEqual(60)
    expect(soon).toBeLessThan(late!)
  })

  it('adds late windows of other instances to their time', () => {
    const here = ticks(START_MS, 61, () => ({ operations: 100, faults: 5 }))
    const there = here.map((window) => ({ ...window, instance: 'b' }))
    const { samples } = sustained([...here, ...there], START_MS + 61 * TICK_MS)
    expect(samples).toBe(2 * 30 * 100)
  })

  it('says so where the plan names no threshold, and never acts', () => {
    const phase = { name: 'initial', start: '2025-01-10T08:00:00Z', percentage: 10, days: 2, gate: [] }
    const windows = ticks(START_MS, 60, () => ({ operations: 100, faults: 100 }))
    const plan = aPlan({}, { phases: [phase] })
    for (const id of ['error-rate-early', 'error-rate-sustained'] as const)
      expect(reading(id, windows, after(10), plan)).toMatchObject({
        outcome: 'no-data',
        text: { en: 'The plan names no threshold for the error rate.' },
      })
  })
})
