import { messageProblems, type Provocation } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { createSnapshot } from './createSnapshot.ts'
import { flagErrors } from './flagErrors.ts'
import { FLAGS } from './flags.ts'
import { parseEnvironment } from './parseEnvironment.ts'
import { parsePlan } from './parsePlan.ts'
import { productionFeatureFlags } from './productionFeatureFlags.ts'

const { BackupService } = productionFeatureFlags.services
const [initial, extended] = BackupService.phases

/** The production plan with these phases, or anything else, for BackupService. */
const planOf = (backup: object) => () =>
  parsePlan({ ...productionFeatureFlags, services: { BackupService: { ...BackupService, ...backup } } })

const CASES: Readonly<Record<string, Provocation>> = {
  'flags.invalid_environment_value': () => parseEnvironment({ USE_MIGRATED_BACKUP_SERVICE: 'yes' }),
  'flags.unknown_environment_variable': () => parseEnvironment({ USE_MIGRATED_BACKUP_SERVIC: 'true' }),
  'flags.unknown_service': () => parsePlan({ ...productionFeatureFlags, services: { ArchiveService: BackupService } }),
  'flags.invalid_flag_key': () =>
    parseEnvironment({}, { ...FLAGS, BackupService: { ...FLAGS.BackupService, flagKey: 'two words' } }),
  'flags.shared_flag': () => parseEnvironment({}, { ...FLAGS, Twin: FLAGS.BackupService }),
  'flags.invalid_plan': () => parsePlan({ ...productionFeatureFlags, cooldownMinutes: -1, colour: 'red' }),
  'flags.overlapping_phases': planOf({ phases: [{ ...initial, days: 30 }, extended] }),
  'flags.reversed_dates': planOf({ phases: [extended, initial] }),
  'flags.shrinking_percentage': planOf({ phases: [initial, { ...extended, percentage: 2.5 }] }),
  'flags.missing_dependency': planOf({ dependsOn: ['WebRTCPeerService'] }),
  'flags.circular_dependency': planOf({ dependsOn: ['BackupService'] }),
  'flags.invalid_percentage': () =>
    createSnapshot({
      plan: parsePlan(productionFeatureFlags),
      environment: parseEnvironment({}),
      flags: FLAGS,
      now: 0,
      state: { services: { BackupService: { percentageBps: 0.5 } } },
    }),
}

describe('every code of flags and plans, provoked', () => {
  it.each(Object.keys(flagErrors.catalog))('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], flagErrors.catalog)).toEqual([])
  })

  it.each<[string, string, Provocation]>([
    [
      'three wrong variables at once',
      'flags.invalid_environment_value',
      () => parseEnvironment({ USE_MIGRATED_BACKUP_SERVICE: '1', FORCE_LEGACY_SERVICES: 'on', USE_MIGRATED_X: 'true' }),
    ],
    [
      'two phases of one name',
      'flags.invalid_plan',
      planOf({ phases: [initial, { ...extended, name: initial?.name }] }),
    ],
    [
      'both a length and an end',
      'flags.invalid_plan',
      planOf({ phases: [{ ...initial, end: '2025-01-12T08:00:00Z' }] }),
    ],
    ['a plan that is none', 'flags.invalid_plan', () => parsePlan(null)],
    [
      'everything of the wrong type',
      'flags.invalid_plan',
      () => parsePlan({ revision: 'a', services: [], hash: 1, goals: 2 }),
    ],
    [
      'phases of the wrong type',
      'flags.invalid_plan',
      planOf({ phases: [{ ...initial, percentage: 101, start: 'nu', gate: {} }] }),
    ],
  ])('%s are told well in both languages', async (_what, code, provoke) => {
    expect(await messageProblems(code, provoke, flagErrors.catalog)).toEqual([])
  })
})
