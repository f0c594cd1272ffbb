import { GUARDRAIL_MODES } from '@gradvis/feature-flags'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { eventsOfVerdicts } from '../state/eventsOfVerdicts.ts'
import { foldState } from '../state/foldState.ts'
import { INCIDENT_KINDS, type RolloutEvent, SEVERITIES } from '../state/RolloutEvent.ts'
import {
  aPlan,
  DAY_MS,
  entered,
  inFirstPhase,
  MINUTE_MS,
  START_MS,
  statusAfter,
  ungated,
  verdictOn,
} from '../testing/aRollout.ts'
import { windowOf } from '../testing/windowOf.ts'

describe('whatever was seen', () => {
  const anyWindow = fc
    .record({
      minute: fc.integer({ min: -60, max: 3 * 1440 }),
      operations: fc.integer({ min: 0, max: 2000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      side: fc.constantFrom('legacy' as const, 'migrated' as const),
      durations: fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { maxLength: 20 }),
      heldBytes: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
    })
    .map(({ minute, operations, share, side, durations, heldBytes }) =>
      windowOf({
        startMs: START_MS + minute * MINUTE_MS,
        implementation: side,
        ...(heldBytes !== undefined && { heldBytes }),
        operations: {
          createBackup: { operations, faults: Math.floor(operations * share), durationsMs: durations },
        },
      }),
    )
  const seen = fc.array(anyWindow, { maxLength: 40 })
  const anyNow = fc.integer({ min: -1440, max: 10 * 1440 }).map((minute) => START_MS + minute * MINUTE_MS)

  it('nothing advances or completes while a criterion is not met', () => {
    fc.assert(
      fc.property(seen, anyNow, fc.boolean(), (windows, now, gated) => {
        const verdict = verdictOn(inFirstPhase(gated ? aPlan() : ungated()), { windows, now })
        const isMet = verdict.criteria.every(({ outcome }) => outcome === 'met')
        expect(isMet || (verdict.action !== 'advance' && verdict.action !== 'complete')).toBe(true)
      }),
    )
  })

  it('no phase is skipped, and none begins before its date', () => {
    fc.assert(
      fc.property(seen, anyNow, fc.constantFrom('waiting', 'initial', 'extended'), (windows, now, at) => {
        const order = { waiting: 'initial', initial: 'extended', extended: 'full' } as const
        const starts = { initial: START_MS, extended: START_MS + 2 * DAY_MS, full: START_MS + 5 * DAY_MS }
        const steps = [entered('initial', 1000, START_MS), entered('extended', 5000, START_MS)]
        const status = statusAfter(aPlan(), steps.slice(0, ['waiting', 'initial', 'extended'].indexOf(at)))
        const { next } = verdictOn(status, { windows, now })
        const expected = order[at]
        expect(next === undefined || (next.phase === expected && now >= starts[expected])).toBe(true)
      }),
    )
  })

  it('a guardrail that holds never changes whether a service goes back', () => {
    const memory = (mode: 'hold' | 'observe') => aPlan({ guardrails: { 'memory-growth': { mode }, latency: { mode } } })
    fc.assert(
      fc.property(seen, anyNow, (windows, now) => {
        const holding = verdictOn(inFirstPhase(memory('hold')), { windows, now })
        const observing = verdictOn(inFirstPhase(memory('observe')), { windows, now })
        expect(holding.action === 'rollback').toBe(observing.action === 'rollback')
      }),
    )
  })

  it('every verdict that acts can be carried out: no instance says the same on every tick for nothing', () => {
    const service = 'BackupService'
    const operator = { kind: 'operator' } as const
    const anyEvent: fc.Arbitrary<RolloutEvent> = fc.oneof(
      fc.constantFrom(
        { type: 'phase_entered', service, phase: 'initial', percentageBps: 1000 } as const,
        { type: 'phase_entered', service, phase: 'extended', percentageBps: 5000 } as const,
        { type: 'phase_entered', service, phase: 'full', percentageBps: 10_000 } as const,
        { type: 'completed', service } as const,
        { type: 'paused', service, cause: operator } as const,
        { type: 'resumed', service } as const,
        { type: 'rolled_back', service, cause: operator, cooldownUntilMs: START_MS } as const,
        { type: 'incident_released', service } as const,
      ),
      fc.boolean().map((on) => ({ type: 'emergency_stop_set', on }) as const),
      fc
        .constantFrom(0, 100, 5000)
        .map((percentageBps) => ({ type: 'percentage_set', service, percentageBps }) as const),
      fc.record({
        type: fc.constant('incident_reported' as const),
        service: fc.constant(service),
        kind: fc.constantFrom(...INCIDENT_KINDS),
        severity: fc.constantFrom(...SEVERITIES),
      }),
    )
    const modes = fc.record({
      'security-incident': fc.record({ mode: fc.constantFrom(...GUARDRAIL_MODES) }),
      'gdpr-violation': fc.record({ mode: fc.constantFrom(...GUARDRAIL_MODES) }),
      'error-rate-early': fc.record({ mode: fc.constantFrom(...GUARDRAIL_MODES) }),
    })
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 8 }), modes, seen, anyNow, (events, guardrails, windows, now) => {
        const status = statusAfter(
          ungated({ guardrails }),
          events.map((event, index) => [event, START_MS + index] as const),
        )
        const verdict = verdictOn(status, { windows, now })
        const [event] = eventsOfVerdicts(status, [verdict], { actor: 'engine@test', at: now })
        if (event === undefined) return
        const after = foldState([{ ...event, sequence: status.sequence + 1 }], status)
        expect(after.services[service]).not.toEqual(status.services[service])
      }),
      { numRuns: 500 },
    )
  })

  it('the same arguments give the same verdict, in Swedish and English', () => {
    fc.assert(
      fc.property(seen, anyNow, (windows, now) => {
        const status = inFirstPhase()
        const verdict = verdictOn(status, { windows, now })
        expect(verdictOn(status, { windows, now })).toEqual(verdict)
        expect(verdict.reasons.length).toBeGreaterThan(0)
        for (const { text } of [...verdict.criteria, ...verdict.guardrails])
          expect(text.sv === text.en || text.sv.includes('undefined') || text.en.includes('NaN')).toBe(false)
      }),
    )
  })
})
