import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { reachableImplementations } from './reachableImplementations.ts'
import { aSnapshot, planWithTargeting } from './testing/aSnapshot.ts'

const SERVICES = ['BackupService', 'NetworkConnectivityService', 'WebRTCPeerService']
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const snapshots = fc
  .record({
    at: fc.date({ min: new Date('2025-01-09'), max: new Date('2025-01-23'), noInvalidDate: true }),
    stage: fc.constantFrom('production', 'production', 'development'),
    force: fc.constantFrom('false', 'false', 'false', 'true'),
    variable: maybe(fc.constantFrom('true', 'false')),
    override: maybe(fc.constantFrom('legacy' as const, 'migrated' as const)),
    emergencyStop: fc.constantFrom(false, false, false, true),
    incident: maybe(fc.constantFrom('security' as const, 'gdpr' as const)),
    rolledBack: fc.constantFrom(false, false, true),
    paused: fc.constantFrom(false, false, true),
    percentageBps: maybe(fc.integer({ min: 0, max: 10_000 })),
  })
  .map(({ at, stage, force, variable, override, emergencyStop, incident, rolledBack, paused, percentageBps }) =>
    aSnapshot({
      at: at.toISOString(),
      env: {
        NODE_ENV: stage,
        FORCE_LEGACY_SERVICES: force,
        ...(variable && { USE_MIGRATED_BACKUP_SERVICE: variable }),
      },
      plan: planWithTargeting({
        deny: { keys: ['denied'], attributes: [{ attribute: 'ring', anyOf: ['outer'] }] },
        allow: { keys: ['allowed', 'denied'], attributes: [{ attribute: 'ring', anyOf: ['inner'] }] },
      }),
      ...(override && { overrides: { BackupService: override } }),
      state: {
        emergencyStop,
        services: {
          BackupService: {
            rolledBack,
            paused,
            ...(incident && { incident: { kind: incident } }),
            ...(percentageBps !== undefined && { percentageBps }),
          },
        },
      },
    }),
  )

const subjects = fc.record(
  {
    targetingKey: fc.oneof(fc.string(), fc.constantFrom('allowed', 'denied', '')),
    attributes: fc.record({ ring: fc.constantFrom('inner', 'outer', 'none') }),
  },
  { requiredKeys: [] },
)

describe('an explanation', () => {
  it('always comes to the decision that decide takes, by the rule that it marks, with every rule below skipped', () => {
    fc.assert(
      fc.property(snapshots, fc.constantFrom(...SERVICES), subjects, (snapshot, service, subject) => {
        const decision = decide(snapshot, service, subject)
        const { decision: explained, rungs } = explain(snapshot, service, subject)
        expect(explained).toEqual(decision)
        expect(rungs.map(({ rule }) => rule)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
        const expected = rungs.map(({ rule }) => {
          if (rule === decision.rule) return 'matched'
          return rule < decision.rule ? 'not matched' : 'skipped'
        })
        expect(rungs.map(({ status }) => status)).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('says what it looked at, in Swedish and English', () => {
    const { rungs, bucket, percentageBps, phase, hash, flagKey } = explain(aSnapshot(), 'BackupService', {
      targetingKey: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    })
    expect({ percentageBps, phase, hash, flagKey }).toEqual({
      percentageBps: 1000,
      phase: 'initial',
      hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
      flagKey: 'migrated-backup-service',
    })
    expect(rungs[6]).toMatchObject({ status: 'matched', value: `bucket=${bucket}, percentageBps=1000` })
    expect(rungs[6]?.text.sv).toContain(`Hink ${bucket}`)
    expect(rungs[6]?.text.en).toContain(`Bucket ${bucket}`)
    expect(rungs[7]?.text).toEqual({ sv: 'Prövas inte: regel 7 avgjorde.', en: 'Not asked: rule 7 decided.' })
  })

  it.each([
    ['not begun', { at: '2025-01-01T00:00:00Z' }, 5, 'Utrullningen har inte börjat (tidigaste start 2025-01-10T08:00'],
    ['forced', { env: { FORCE_LEGACY_SERVICES: 'true' } }, 1, 'FORCE_LEGACY_SERVICES är true'],
    ['stopped', { state: { emergencyStop: true } }, 1, 'Nödstoppet är på'],
    ['set', { env: { USE_MIGRATED_BACKUP_SERVICE: 'false' } }, 4, 'USE_MIGRATED_BACKUP_SERVICE är false'],
    ['staging', { env: { NODE_ENV: 'staging' } }, 4, 'Miljön staging kör migrated'],
    ['swapped', { overrides: { BackupService: 'migrated' as const } }, 3, 'Ett test har bytt tjänsten till migrated'],
    [
      'incident',
      { state: { services: { BackupService: { incident: { kind: 'gdpr' as const } } } } },
      2,
      'låst till legacy av en GDPR-överträdelse',
    ],
    ['held at 0', { state: { services: { BackupService: { percentageBps: 0 } } } }, 5, 'Utrullningen står på 0 %'],
    ['rolled back', { state: { services: { BackupService: { rolledBack: true } } } }, 5, 'är tillbakarullad'],
    ['paused', { state: { services: { BackupService: { paused: true } } } }, 5, 'pausad på 0 %'],
  ])('words the deciding rule: %s', (_name, inputs, rule, words) => {
    const matched = explain(aSnapshot(inputs), 'BackupService', { targetingKey: 'a' }).rungs.find(
      ({ status }) => status === 'matched',
    )
    expect(matched?.rule).toBe(rule)
    expect(matched?.text.sv).toContain(words)
    expect(matched?.text.en).not.toBe(matched?.text.sv)
  })

  it('repeats neither key nor attributes of the subject', () => {
    const subject = { targetingKey: 'key-to-hide', attributes: { ring: 'value-to-hide' } }
    const text = JSON.stringify(explain(aSnapshot(), 'BackupService', subject))
    expect(text).not.toContain('to-hide')
  })
})

describe('reachable implementations', () => {
  it('never lack a side that some subject is sent to', () => {
    fc.assert(
      fc.property(snapshots, fc.constantFrom(...SERVICES), subjects, (snapshot, service, subject) => {
        const { implementation } = decide(snapshot, service, subject)
        expect(reachableImplementations(snapshot, service).has(implementation)).toBe(true)
      }),
    )
  })

  it('are one side where everybody gets the same, and both during a split', () => {
    const forced = aSnapshot({ env: { FORCE_LEGACY_SERVICES: 'true' } })
    expect([...reachableImplementations(forced, 'BackupService')]).toEqual(['legacy'])
    expect([...reachableImplementations(aSnapshot({ env: { NODE_ENV: 'staging' } }), 'BackupService')]).toEqual([
      'migrated',
    ])
    expect([...reachableImplementations(aSnapshot(), 'BackupService')]).toEqual(['legacy', 'migrated'])
  })
})
