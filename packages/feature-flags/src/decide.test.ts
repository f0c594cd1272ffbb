import { describe, expect, it } from 'vitest'

import { decide, decideWith } from './decide.ts'
import type { Reason } from './Decision.ts'
import { productionFeatureFlags } from './productionFeatureFlags.ts'
import { aSnapshot, atPercentage, planWithTargeting } from './testing/aSnapshot.ts'

const service = 'BackupService'
const subject = { targetingKey: 'subject-1' }

describe('the ladder: every rule beats every lower one', () => {
  // One case holds all the causes at once, each answering differently from the next; removing the highest reveals it.
  const causes = [
    { env: { FORCE_LEGACY_SERVICES: 'true' }, implementation: 'legacy', reason: 'FORCED_LEGACY' },
    { incident: { kind: 'gdpr' as const }, implementation: 'legacy', reason: 'INCIDENT' },
    { override: 'migrated' as const, implementation: 'migrated', reason: 'OVERRIDE' },
    { env: { USE_MIGRATED_BACKUP_SERVICE: 'true' }, implementation: 'migrated', reason: 'ENVIRONMENT' },
    { rolledBack: true, implementation: 'legacy', reason: 'ROLLED_BACK' },
    { allowed: true, implementation: 'migrated', reason: 'TARGETING_MATCH' },
    { implementation: 'legacy', reason: 'SPLIT' },
  ] as const

  const snapshotOf = (present: readonly (typeof causes)[number][]) => {
    const all: {
      env?: object
      incident?: { kind: 'gdpr' }
      override?: 'migrated'
      rolledBack?: boolean
      allowed?: boolean
    } = Object.assign({}, ...present)
    const env: Record<string, string> = Object.assign({}, ...present.map((cause) => ('env' in cause ? cause.env : {})))
    return aSnapshot({
      env,
      plan: planWithTargeting(all.allowed ? { allow: { keys: [subject.targetingKey] } } : {}),
      ...(all.override && { overrides: { [service]: all.override } }),
      state: {
        services: {
          [service]: {
            percentageBps: 1,
            ...(all.incident && { incident: all.incident }),
            ...(all.rolledBack && { rolledBack: true }),
          },
        },
      },
    })
  }

  const pairs = causes.flatMap((higher, index) => causes.slice(index + 1).map((lower) => [higher, lower] as const))
  it.each(pairs.map(([higher, lower]) => [higher.reason, lower.reason, higher, lower] as const))(
    '%s beats %s',
    (_higher, _lower, higher, lower) => {
      const { implementation, reason } = higher
      expect(decide(snapshotOf([higher, lower]), service, subject)).toMatchObject({ implementation, reason })
    },
  )

  it.each(causes.map((cause, index) => [cause.reason, index] as const))(
    '%s wins when it and everything below it are present',
    (reason, index) => {
      expect(decide(snapshotOf(causes.slice(index)), service, subject).reason).toBe(reason)
    },
  )

  it('a subject without a key comes last: each other cause beats it', () => {
    const anonymous = {}
    const expected: readonly Reason[] = ['FORCED_LEGACY', 'INCIDENT', 'OVERRIDE', 'ENVIRONMENT', 'ROLLED_BACK']
    const reasons = causes.slice(0, 5).map((cause) => decide(snapshotOf([cause]), service, anonymous).reason)
    expect(reasons).toEqual(expected)
  })
})

describe('rule 1: everything is forced to legacy', () => {
  it('by the stored emergency stop', () => {
    const snapshot = aSnapshot({ state: { emergencyStop: true }, env: { USE_MIGRATED_BACKUP_SERVICE: 'true' } })
    expect(decide(snapshot, service, subject)).toMatchObject({ implementation: 'legacy', reason: 'FORCED_LEGACY' })
  })

  it('in development too', () => {
    const snapshot = aSnapshot({ env: { NODE_ENV: 'development', FORCE_LEGACY_SERVICES: 'true' } })
    expect(decide(snapshot, service, subject).reason).toBe('FORCED_LEGACY')
  })
})

describe('rules 1 and 2 break pinned decisions, no other does', () => {
  it.each([
    ['force', aSnapshot({ env: { FORCE_LEGACY_SERVICES: 'true' } }), true],
    ['incident', aSnapshot({ state: { services: { [service]: { incident: { kind: 'security' } } } } }), true],
    ['override', aSnapshot({ overrides: { [service]: 'legacy' } }), false],
    ['environment', aSnapshot({ env: { USE_MIGRATED_BACKUP_SERVICE: 'false' } }), false],
    ['rollback', aSnapshot({ state: { services: { [service]: { rolledBack: true } } } }), false],
    ['split', aSnapshot(), false],
  ])('%s', (_name, snapshot, breaksPins) => {
    expect(decide(snapshot, service, subject).breaksPins).toBe(breaksPins)
    expect(snapshot.services[service]?.breaksPins).toBe(breaksPins)
  })
})

describe('rule 4: the environment', () => {
  it('an explicit false beats any percentage', () => {
    const snapshot = aSnapshot({ env: { USE_MIGRATED_BACKUP_SERVICE: 'false' }, at: '2025-02-01T00:00:00Z' })
    expect(decide(snapshot, service, subject)).toMatchObject({ implementation: 'legacy', reason: 'ENVIRONMENT' })
  })

  it.each(['development', 'staging'])('%s runs migrated everywhere, for subjects without a key too', (stage) => {
    const snapshot = aSnapshot({ env: { NODE_ENV: stage }, at: '2024-01-01T00:00:00Z' })
    const decisions = Object.keys(snapshot.services).map((name) => decide(snapshot, name))
    expect(decisions.map(({ implementation, reason }) => [implementation, reason])).toEqual(
      decisions.map(() => ['migrated', 'ENVIRONMENT']),
    )
  })

  it('a variable wins over the default of a stage, for its own service only', () => {
    const snapshot = aSnapshot({ env: { NODE_ENV: 'staging', USE_MIGRATED_WEBRTC_PEER_SERVICE: 'false' } })
    expect(decide(snapshot, 'WebRTCPeerService').implementation).toBe('legacy')
    expect(decide(snapshot, service).implementation).toBe('migrated')
  })
})

describe('rule 5: nothing to roll out', () => {
  it.each([
    ['before the first phase', {}, '2025-01-10T07:59:59.999Z', 'NOT_STARTED'],
    ['held at 0', { percentageBps: 0 }, '2025-01-11T00:00:00Z', 'NOT_STARTED'],
    ['paused at 0', { paused: true, percentageBps: 0 }, '2025-01-11T00:00:00Z', 'ROLLED_BACK'],
    ['paused without a percentage', { paused: true }, '2025-01-11T00:00:00Z', 'ROLLED_BACK'],
    ['paused before it began', { paused: true }, '2025-01-01T00:00:00Z', 'NOT_STARTED'],
    ['rolled back', { rolledBack: true }, '2025-02-01T00:00:00Z', 'ROLLED_BACK'],
  ])('%s', (_name, state, at, reason) => {
    const snapshot = aSnapshot({ at, state: { services: { [service]: state } } })
    expect(decide(snapshot, service, subject)).toMatchObject({ implementation: 'legacy', reason })
  })

  it('a phase of the plan that was lowered to 0', () => {
    const phases = [{ name: 'lowered', start: '2025-01-10T08:00:00Z', percentage: 0, days: 2, gate: [] }]
    const plan = { hash: productionFeatureFlags.hash, services: { BackupService: { phases } } }
    expect(decide(aSnapshot({ plan }), service, subject)).toMatchObject({
      implementation: 'legacy',
      reason: 'NOT_STARTED',
    })
  })

  it('a service that the plan does not have yet stays on legacy', () => {
    const flagKey = 'migrated-calendar-service'
    const row = { flagKey, owner: 'team', purpose: 'A fourth service.', removeBy: '2026-01-01' }
    const flags = { CalendarService: { ...row, environmentVariable: 'USE_MIGRATED_CALENDAR_SERVICE' } } as const
    const plan = { hash: { id: 'murmur3-32-fractional', version: 2, salt: '' }, services: {} } as const
    const snapshot = aSnapshot({ flags, plan })
    expect(decide(snapshot, 'CalendarService', subject).reason).toBe('NOT_STARTED')
    const switched = aSnapshot({ flags, plan, env: { USE_MIGRATED_CALENDAR_SERVICE: 'true' } })
    expect(decide(switched, 'CalendarService', subject).implementation).toBe('migrated')
  })
})

describe('rule 6: target groups', () => {
  const decideFor = (targeting: Parameters<typeof planWithTargeting>[0], asked: Parameters<typeof decide>[2]) =>
    decide(aSnapshot({ plan: planWithTargeting(targeting) }), service, asked)

  it('deny comes before allow', () => {
    const group = { keys: ['subject-1'] }
    expect(decideFor({ deny: group, allow: group }, subject)).toMatchObject({
      implementation: 'legacy',
      reason: 'TARGETING_MATCH',
    })
  })

  it('attributes match by value and type, and need no key', () => {
    const allow = { attributes: [{ attribute: 'region', anyOf: ['north', 7] }] }
    expect(decideFor({ allow }, { attributes: { region: 'north' } }).implementation).toBe('migrated')
    expect(decideFor({ allow }, { attributes: { region: 7 } }).implementation).toBe('migrated')
    expect(decideFor({ allow }, { attributes: { region: '7' } }).reason).toBe('NO_TARGETING_KEY')
  })

  it('an attribute that every object inherits matches nobody', () => {
    const allow = { attributes: [{ attribute: 'constructor', anyOf: ['Object'] }] }
    expect(decideFor({ allow }, { attributes: {} }).reason).toBe('NO_TARGETING_KEY')
  })

  it('a denied attribute beats an allowed key', () => {
    const targeting = { deny: { attributes: [{ attribute: 'test', anyOf: [true] }] }, allow: { keys: ['subject-1'] } }
    expect(decideFor(targeting, { ...subject, attributes: { test: true } }).implementation).toBe('legacy')
    expect(decideFor(targeting, subject).implementation).toBe('migrated')
  })
})

describe('rule 8: no subject key', () => {
  it.each([
    ['no subject', undefined],
    ['no key', {}],
    ['an empty key', { targetingKey: '' }],
  ])('%s gets legacy, at 100 %% too', (_name, asked) => {
    const snapshot = aSnapshot({ at: '2025-02-01T00:00:00Z' })
    expect(decide(snapshot, service, asked)).toMatchObject({ implementation: 'legacy', reason: 'NO_TARGETING_KEY' })
  })
})

describe('a decision', () => {
  it('is frozen, holds nothing of the subject and is shared by all it applies to', () => {
    const snapshot = atPercentage(10_000)
    const [one, two] = [decide(snapshot, service, subject), decide(snapshot, service, { targetingKey: 'subject-2' })]
    expect(one).toBe(two)
    expect(Object.isFrozen(one)).toBe(true)
    expect(JSON.stringify(one)).not.toContain('subject-1')
  })

  it('is the same through the look-up by name and through the compiled service', () => {
    const snapshot = aSnapshot()
    expect(decideWith(snapshot.services[service]!, subject)).toBe(decide(snapshot, service, subject))
  })

  it.each(['PrintService', 'constructor', '__proto__', 'toString'])('is refused for %s, which has no flag', (name) => {
    const question = () => decide(aSnapshot(), name, subject)
    expect(question).toThrow(expect.objectContaining({ code: 'flags.unknown_service', fault: 'caller' }))
    expect(question).toThrow(/WebRTCPeerService.*packages\/feature-flags\/src\/flags\.ts/)
  })
})
