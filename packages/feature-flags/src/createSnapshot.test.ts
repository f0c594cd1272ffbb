import { describe, expect, it } from 'vitest'

import { decide } from './decide.ts'
import { aSnapshot } from './testing/aSnapshot.ts'

/** Of the three services of the rollout schedule, whatever others there are. */
const percentages = (at: string) => {
  const { services } = aSnapshot({ at })
  const scheduled = [services['BackupService'], services['NetworkConnectivityService'], services['WebRTCPeerService']]
  return scheduled.map((service) => [service!.percentageBps, service!.phase])
}

describe('phases begin at their instant, not before and not after', () => {
  const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString()

  it.each([
    ['2025-01-10T08:00:00Z', 0, 1000, 'initial'],
    ['2025-01-12T08:00:00Z', 1000, 5000, 'extended'],
    ['2025-01-15T08:00:00Z', 5000, 10_000, 'full'],
  ])('BackupService at %s goes from %i to %i', (instant, from, to, phase) => {
    expect(percentages(before(instant))[0]?.[0]).toBe(from)
    expect(percentages(instant)[0]).toEqual([to, phase])
  })

  it('the three services stand in three different phases on 16 January', () => {
    expect(percentages('2025-01-16T00:00:00Z')).toEqual([
      [10_000, 'full'],
      [5000, 'extended'],
      [1000, 'initial'],
    ])
  })

  it('the last phase holds after its end', () => {
    expect(percentages('2026-01-01T00:00:00Z')).toEqual(Array.from({ length: 3 }, () => [10_000, 'full']))
  })
})

describe('a snapshot is valid until the next phase of any service', () => {
  it.each([
    ['2025-01-01T00:00:00Z', '2025-01-10T08:00:00Z'],
    ['2025-01-10T08:00:00Z', '2025-01-12T08:00:00Z'],
    ['2025-01-13T00:00:00Z', '2025-01-14T08:00:00Z'],
    ['2025-01-17T08:00:00Z', '2025-01-20T08:00:00Z'],
  ])('at %s until %s', (at, until) => {
    expect(aSnapshot({ at }).validUntil).toBe(Date.parse(until))
  })

  it('for ever once every last phase has begun', () => {
    expect(aSnapshot({ at: '2025-01-20T08:00:00Z' }).validUntil).toBeUndefined()
  })

  it('whatever the plan says of a service whose percentage is stored', () => {
    const held = { percentageBps: 1000 }
    const snapshot = aSnapshot({ state: { services: { BackupService: held, NetworkConnectivityService: held } } })
    expect(snapshot.validUntil).toBe(Date.parse('2025-01-15T08:00:00Z'))
  })
})

describe('stored state', () => {
  it('replaces the percentage of the plan and names its own phase', () => {
    const { services } = aSnapshot({ state: { services: { BackupService: { percentageBps: 250, phase: 'held' } } } })
    expect(services['BackupService']).toMatchObject({ percentageBps: 250, phase: 'held', nextPhaseMs: undefined })
  })

  it.each([-1, 10_001, 0.5, Number.NaN])('is refused with a percentage of %d', (percentageBps) => {
    const compile = () => aSnapshot({ state: { services: { BackupService: { percentageBps } } } })
    expect(compile).toThrow(expect.objectContaining({ code: 'flags.invalid_percentage' }))
  })

  it('and overrides are refused for services without a flag', () => {
    const unknown = expect.objectContaining({ code: 'flags.unknown_service' })
    expect(() => aSnapshot({ state: { services: { PrintService: {} } } })).toThrow(unknown)
    expect(() => aSnapshot({ overrides: { PrintService: 'legacy' } })).toThrow(unknown)
  })
})

describe('a snapshot never changes', () => {
  it('is frozen all the way down', () => {
    expect(unfrozen(aSnapshot(), 'snapshot')).toEqual([])
  })

  it('is unmoved by later changes of what it was made from', () => {
    const state = { services: { BackupService: { percentageBps: 10_000 } } }
    const snapshot = aSnapshot({ state })
    state.services.BackupService.percentageBps = 0
    expect(decide(snapshot, 'BackupService', { targetingKey: 'a' }).implementation).toBe('migrated')
  })
})

describe('a flag table is refused', () => {
  const row = { flagKey: 'one', environmentVariable: 'USE_MIGRATED_ONE', owner: '', purpose: '', removeBy: '' } as const
  const plan = { hash: { id: 'murmur3-32-fractional', version: 2, salt: '' }, services: {} } as const

  it.each([
    ['a key is shared', { One: row, Two: { ...row, environmentVariable: 'USE_MIGRATED_TWO' } as const }, 'shared_flag'],
    ['a variable is shared', { One: row, Two: { ...row, flagKey: 'two' } }, 'shared_flag'],
    ['a key cannot be hashed as bytes', { One: { ...row, flagKey: 'ett två' } }, 'invalid_flag_key'],
  ])('when %s', (_name, flags, code) => {
    expect(() => aSnapshot({ flags, plan })).toThrow(expect.objectContaining({ code: `flags.${code}` }))
  })
})

function unfrozen(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const parts = Object.entries(value).flatMap(([key, part]) => unfrozen(part, `${path}.${key}`))
  return Object.isFrozen(value) ? parts : [path, ...parts]
}
