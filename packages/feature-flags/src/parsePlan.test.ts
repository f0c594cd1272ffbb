import { interpolate, type ServiceError } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { flagErrors } from './flagErrors.ts'
import { parsePlan } from './parsePlan.ts'

const hash = { id: 'murmur3-32-fractional', version: 2, salt: '' } as const
const first = { name: 'one', start: '2025-01-10T08:00:00Z', percentage: 10, days: 2, gate: [] }
const second = { name: 'two', start: '2025-01-12T08:00:00Z', percentage: 50, days: 3, gate: [] }

const planOf = (...phases: readonly object[]) => ({ hash, services: { BackupService: { phases } } })

function failureOf(data: unknown): ServiceError {
  try {
    parsePlan(data)
  } catch (error) {
    return error as ServiceError
  }
  throw new Error('the plan was accepted')
}

describe('a plan', () => {
  it('is read into instants and basis points, and frozen', () => {
    const plan = parsePlan(planOf({ ...first, percentage: 0.29 }, { ...second, percentage: 33.33 }))
    const [one, two] = plan.services['BackupService']!.phases
    expect(one).toMatchObject({ startMs: Date.parse(first.start), endMs: Date.parse(second.start), percentageBps: 29 })
    expect(two?.percentageBps).toBe(3333)
    expect(Object.isFrozen(one) && Object.isFrozen(plan.services)).toBe(true)
  })

  it('may leave time between two phases', () => {
    expect(() => parsePlan(planOf(first, { ...second, start: '2025-02-01T00:00:00Z' }))).not.toThrow()
  })
})

describe('phases that disagree are refused, and both places are named', () => {
  it.each([
    [
      'overlap',
      planOf(first, { ...second, start: '2025-01-12T07:59:59Z' }),
      'flags.overlapping_phases',
      'phases[0].end 2025-01-12T08:00:00.000Z',
      'phases[1].start 2025-01-12T07:59:59.000Z',
    ],
    [
      'a later phase that starts earlier',
      planOf(second, first),
      'flags.reversed_dates',
      'phases[0].start 2025-01-12T08:00:00.000Z',
      'phases[1].start 2025-01-10T08:00:00.000Z',
    ],
    [
      'an end before the start',
      planOf({ ...first, days: undefined, end: '2025-01-10T08:00:00Z' }),
      'flags.reversed_dates',
      'phases[0].start 2025-01-10T08:00:00.000Z',
      'phases[0].end 2025-01-10T08:00:00.000Z',
    ],
    [
      'a percentage that shrinks',
      planOf(first, { ...second, percentage: 9.99 }),
      'flags.shrinking_percentage',
      'phases[0].percentage 10',
      'phases[1].percentage 9.99',
    ],
  ])('%s', (_name, plan, code, one, two) => {
    const error = failureOf(plan)
    expect(error.code).toBe(code)
    expect(error.params).toEqual({ first: `services.BackupService.${one}`, second: `services.BackupService.${two}` })
    const english = interpolate(flagErrors.catalog[code as keyof typeof flagErrors.catalog], error.params, 'en')
    for (const message of [error.message, english]) {
      expect(message).toContain(one)
      expect(message).toContain(two)
    }
  })

  it('two phases of one name', () => {
    expect(failureOf(planOf(first, { ...second, name: 'one' })).message).toContain('phases[1] heter båda "one"')
  })
})

describe('what does not fit the schema is refused in Swedish and English', () => {
  it.each([
    ['a percentage of three decimals', planOf({ ...first, percentage: 1.001 }), 'phases.0.percentage'],
    ['a negative percentage', planOf({ ...first, percentage: -1 }), 'phases.0.percentage'],
    ['more than 100 %', planOf({ ...first, percentage: 100.01 }), 'phases.0.percentage'],
    ['a date without a time zone', planOf({ ...first, start: '2025-01-10T08:00:00' }), 'phases.0.start'],
    ['a date that does not exist', planOf({ ...first, start: '2025-02-30T08:00:00Z' }), 'phases.0.start'],
    ['a misspelt property', planOf({ ...first, percent: 10 }), 'percent'],
    ['no phase', planOf(), 'phases'],
    ['another hash', { ...planOf(first), hash: { ...hash, version: 3 } }, 'hash.version'],
    ['a salt that is not ASCII', { ...planOf(first), hash: { ...hash, salt: 'å' } }, 'hash.salt'],
    ['neither days nor end', planOf({ ...first, days: undefined }), 'ange antingen days eller end'],
    ['both days and end', planOf({ ...first, end: second.start }), 'ange antingen days eller end'],
  ])('%s', (_name, plan, words) => {
    const error = failureOf(plan)
    expect(error.code).toBe('flags.invalid_plan')
    expect(error.message).toContain(words)
    const { sv, en } = error.params['details'] as { sv: string; en: string }
    expect(sv).not.toBe(en)
  })

  it('a service without a flag', () => {
    const plan = { hash, services: { PrintService: { phases: [first] } } }
    expect(failureOf(plan)).toMatchObject({ code: 'flags.unknown_service', params: { service: 'PrintService' } })
  })
})

describe('guardrails', () => {
  const guardrailsOf = (plan: object, service: object = {}) =>
    parsePlan({ hash, services: { BackupService: { phases: [first], ...service } }, ...plan }).services[
      'BackupService'
    ]!.guardrails

  it('are on by default, as the schedule asks', () => {
    expect(guardrailsOf({})).toMatchObject({
      'error-rate-sustained': { mode: 'rollback', minutes: 5, rule: 'evidence' },
      'error-rate-early': { mode: 'rollback' },
      latency: { mode: 'rollback', maxIncreasePercent: 50 },
      'security-incident': { mode: 'rollback' },
      'gdpr-violation': { mode: 'rollback' },
      'memory-growth': { mode: 'hold' },
    })
  })

  it('promise together, per phase, at most one false rollback for the error rate in a thousand', () => {
    const { 'error-rate-early': early, 'error-rate-sustained': sustained } = guardrailsOf({})
    expect(early.alpha + sustained.alpha).toBeCloseTo(0.001, 12)
  })

  it('are changed by the plan, and by a service after it, setting by setting', () => {
    const plan = { guardrails: { latency: { mode: 'observe', maxIncreasePercent: 20 } } }
    const changed = guardrailsOf(plan, { guardrails: { latency: { mode: 'pause' } } })
    expect(changed.latency).toMatchObject({ mode: 'pause', maxIncreasePercent: 20, minimumDifferenceMs: 1 })
    expect(changed['error-rate-early'].mode).toBe('rollback')
  })

  it.each([
    ['an unknown one', { guardrails: { cpu: { mode: 'observe' } } }],
    ['an unknown mode', { guardrails: { latency: { mode: 'ignore' } } }],
    ['an unknown setting', { guardrails: { latency: { percent: 5 } } }],
    ['an alpha of 1', { guardrails: { latency: { alpha: 1 } } }],
    ['a cooldown below zero', { cooldownMinutes: -1 }],
    ['a revision of 0', { revision: 0 }],
  ])('are refused with %s', (_name, plan) => {
    expect(failureOf({ ...planOf(first), ...plan }).code).toBe('flags.invalid_plan')
  })
})

describe('criteria', () => {
  const withGate = (...gate: readonly object[]) => planOf({ ...first, gate })
  const text = { sv: 'Text', en: 'text' }

  it('are signed off by an operator unless the plan says how they are judged', () => {
    const plan = parsePlan(withGate({ id: 'one', ...text }))
    expect(plan.services['BackupService']?.phases[0]?.gate[0]?.evidence).toEqual({ kind: 'sign-off' })
  })

  it.each([
    ['of an unknown kind', { kind: 'hope' }],
    ['with a limit of the wrong kind', { kind: 'error-rate', belowPercent: '0.5' }],
    ['without its limit', { kind: 'latency-ratio' }],
  ])('%s are refused', (_name, evidence) => {
    expect(failureOf(withGate({ id: 'one', ...text, evidence })).message).toContain('phases.0.gate.0.evidence')
  })

  it('that share an id are refused, and both places are named', () => {
    const { message } = failureOf(withGate({ id: 'one', ...text }, { id: 'one', ...text }))
    expect(message).toContain('gate[0]')
    expect(message).toContain('gate[1]')
  })
})

describe('dependencies', () => {
  const [a, b, c] = ['BackupService', 'NetworkConnectivityService', 'WebRTCPeerService'] as const
  const dependent = (dependsOn: Readonly<Record<string, readonly string[]>>) => ({
    hash,
    services: Object.fromEntries(
      Object.entries(dependsOn).map(([name, of]) => [name, { phases: [first], dependsOn: of }]),
    ),
  })

  it('include indirect ones, nearest first', () => {
    const { services } = parsePlan(dependent({ [a]: [], [b]: [a], [c]: [b] }))
    expect([services[a]?.dependsOn, services[b]?.dependsOn, services[c]?.dependsOn]).toEqual([[], [a], [b, a]])
  })

  it.each([
    ['of a service on itself', { [a]: [a] }],
    ['of two on each other', { [a]: [b], [b]: [a] }],
    ['in a circle of three', { [a]: [b], [b]: [c], [c]: [a] }],
  ])('%s are refused, and both places are named', (_name, dependsOn) => {
    const error = failureOf(dependent(dependsOn))
    expect(error.code).toBe('flags.circular_dependency')
    const { first: one, second: two } = error.params as { first: string; second: string }
    for (const place of [one, two]) expect(place).toMatch(/^services\.\w+\.dependsOn \w+/)
  })

  it('on a service that the plan lacks are refused', () => {
    expect(failureOf(dependent({ [a]: [b] }))).toMatchObject({
      code: 'flags.missing_dependency',
      params: { service: b },
    })
  })

  it('that two services share are no circle', () => {
    expect(() => parsePlan(dependent({ [a]: [], [b]: [a], [c]: [a, b] }))).not.toThrow()
  })
})
