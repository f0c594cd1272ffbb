import { isServiceError } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { adopted, entered, logOf } from '../testing/logOf.ts'
import { planWith } from '../testing/planWith.ts'
import type { Command } from './Command.ts'
import { eventsOfCommand } from './eventsOfCommand.ts'
import { foldState } from './foldState.ts'

const service = 'BackupService'
const context = { actor: 'operator', reason: 'because', at: 100_000 }
const operator = { kind: 'operator' } as const
const rolledBack = { type: 'rolled_back', service, cause: operator, cooldownUntilMs: 200_000 } as const
const gdpr = { type: 'incident_reported', service, kind: 'gdpr', severity: 'high' } as const

const after = (...events: Parameters<typeof logOf>) => foldState(logOf(adopted(), ...events))
const typesOf = (status: ReturnType<typeof after>, command: Command) =>
  eventsOfCommand(status, command, context).map(({ event }) => event.type)

function refusal(status: ReturnType<typeof after>, command: Command): string {
  try {
    eventsOfCommand(status, command, context)
  } catch (error) {
    if (isServiceError(error)) return error.code
    throw error
  }
  return 'carried out'
}

describe('a command that is allowed', () => {
  it('is recorded with who asked, why and when', () => {
    expect(eventsOfCommand(after(), { type: 'promote', service }, context)).toEqual([
      { actor: 'operator', reason: 'because', at: 100_000, event: entered(service, 'initial') },
    ])
  })

  it('leads where it says when its events are folded', () => {
    const status = after(entered(service, 'initial'))
    const events = eventsOfCommand(status, { type: 'set', service, percentageBps: 250 }, context)
    const stored = events.map((event, index) => Object.assign({ sequence: status.sequence + 1 + index }, event))
    expect(foldState(stored, status).services[service]).toMatchObject({ status: 'paused', percentageBps: 250 })
  })

  it.each<[string, Command, readonly string[]]>([
    ['force-legacy twice', { type: 'force-legacy', on: true }, ['emergency_stop_set']],
    [
      'an incident that latches',
      { type: 'report-incident', service, kind: 'gdpr', severity: 'low' },
      [gdpr.type, 'rolled_back'],
    ],
    [
      'an incident that does not',
      { type: 'report-incident', service, kind: 'security', severity: 'high' },
      [gdpr.type],
    ],
    ['a rollback', { type: 'rollback', service }, ['rolled_back']],
    ['a pause', { type: 'pause', service }, ['paused']],
  ])('%s', (_name, command, types) => {
    const status = after({ type: 'emergency_stop_set', on: true }, entered(service, 'initial'))
    expect(typesOf(status, command)).toEqual(types)
  })

  it('forces everything to legacy before there is any plan', () => {
    expect(typesOf(foldState([]), { type: 'force-legacy', on: true })).toEqual(['emergency_stop_set'])
  })

  it('signs off what the current phase asks an operator for', () => {
    const peers = 'WebRTCPeerService'
    const status = after(entered(peers, 'initial'), entered(peers, 'extended'))
    expect(typesOf(status, { type: 'sign-off', service: peers, criterion: 'reconnection' })).toEqual(['signed_off'])
  })

  it('starts a cooldown of as long as the plan says', () => {
    const [rollback] = eventsOfCommand(after(), { type: 'rollback', service }, context)
    expect(rollback?.event).toMatchObject({ cooldownUntilMs: context.at + 30 * 60_000 })
  })
})

describe('a command that the rollout forbids', () => {
  it.each<[string, ReturnType<typeof after>, Command, string]>([
    ['before there is a plan', foldState([]), { type: 'promote', service }, 'rollout.no_plan'],
    ['of a service that nobody knows', after(), { type: 'pause', service: 'toString' }, 'rollout.unknown_service'],
    ['to promote while rolled back', after(rolledBack), { type: 'promote', service }, 'rollout.rolled_back'],
    ['to promote with an open incident', after(gdpr), { type: 'promote', service }, 'rollout.incident_latched'],
    ['to resume in the cooldown', after(rolledBack), { type: 'resume', service }, 'rollout.cooling_down'],
    [
      'to resume with an open incident',
      after(gdpr, rolledBack),
      { type: 'resume', service },
      'rollout.incident_latched',
    ],
    ['to resume what runs', after(entered(service, 'initial')), { type: 'resume', service }, 'rollout.nothing_to_do'],
    [
      'to set a percentage while rolled back',
      after(rolledBack),
      { type: 'set', service, percentageBps: 1 },
      'rollout.rolled_back',
    ],
    [
      'to set an impossible percentage',
      after(),
      { type: 'set', service, percentageBps: 10_001 },
      'rollout.invalid_percentage',
    ],
    ['to roll back twice', after(rolledBack), { type: 'rollback', service }, 'rollout.nothing_to_do'],
    ['to release no incident', after(), { type: 'release-incident', service }, 'rollout.no_incident'],
    [
      'to sign off what is measured',
      after(entered(service, 'initial')),
      { type: 'sign-off', service, criterion: 'error-rate' },
      'rollout.unknown_criterion',
    ],
    ['to adopt a plan that is not newer', after(), { type: 'adopt-plan', plan: planWith() }, 'rollout.plan_not_newer'],
    [
      'to adopt a plan with another salt',
      after(),
      {
        type: 'adopt-plan',
        plan: planWith({ revision: 2, hash: { id: 'murmur3-32-fractional', version: 2, salt: 'x' } }),
      },
      'rollout.plan_rehashed',
    ],
    [
      'to adopt a plan that is wrong',
      after(),
      { type: 'adopt-plan', plan: planWith({ cooldownMinutes: -1 }) },
      'flags.invalid_plan',
    ],
  ])('%s', (_name, status, command, code) => {
    expect(refusal(status, command)).toBe(code)
  })

  it('to promote to another phase than the next: whoever asks twice is not promoted twice', () => {
    const status = after(entered(service, 'initial'))
    expect(refusal(status, { type: 'promote', service, to: 'initial' })).toBe('rollout.another_phase')
    expect(refusal(status, { type: 'promote', service, to: 'extended' })).toBe('carried out')
  })

  it('to promote past the last phase, or while everything is forced to legacy', () => {
    const last = after(...(['initial', 'extended', 'full'] as const).map((phase) => entered(service, phase)))
    expect(refusal(last, { type: 'promote', service })).toBe('rollout.last_phase')
    const stopped = after({ type: 'emergency_stop_set', on: true })
    expect(refusal(stopped, { type: 'promote', service })).toBe('rollout.emergency_stop')
  })
})

describe('services that depend on others', () => {
  const [a, b, c] = ['BackupService', 'NetworkConnectivityService', 'WebRTCPeerService'] as const
  const plan = planWith({ services: { [b]: { dependsOn: [a] }, [c]: { dependsOn: [b] } } })
  const all = foldState(logOf(adopted(plan), entered(a, 'initial'), entered(b, 'initial'), entered(c, 'initial')))

  it('go back with them, those furthest away first', () => {
    const events = eventsOfCommand(all, { type: 'rollback', service: a }, context).map(({ event }) => event)
    expect(events.map((event) => 'service' in event && event.service)).toEqual([c, b, a])
    expect(events[0]).toMatchObject({ cause: { kind: 'dependency', service: a } })
    expect(events[2]).toMatchObject({ cause: { kind: 'operator' } })
  })

  it('that have not begun are left alone', () => {
    const status = foldState(logOf(adopted(plan), entered(a, 'initial')))
    expect(eventsOfCommand(status, { type: 'rollback', service: a }, context)).toHaveLength(1)
  })

  it('never run ahead of them', () => {
    expect(refusal(all, { type: 'promote', service: b })).toBe('rollout.dependency_behind')
    expect(refusal(all, { type: 'set', service: b, percentageBps: 1_001 })).toBe('rollout.dependency_behind')
    expect(refusal(all, { type: 'set', service: b, percentageBps: 1_000 })).toBe('carried out')
  })
})
