import { flagErrors, type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { systemClock } from '@gradvis/kernel'
import { messageProblems, type Provocation, RecordingLogger } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { RolloutController } from './controller/RolloutController.ts'
import { planStandingOf } from './controller/planStandingOf.ts'
import { WindowRecorder } from './controller/WindowRecorder.ts'
import { rolloutErrors } from './rolloutErrors.ts'
import { parseFault } from './simulation/parseFault.ts'
import { parseLog } from './simulation/parseLog.ts'
import { parseScenario } from './simulation/parseScenario.ts'
import type { Command } from './state/Command.ts'
import { emptyStatus } from './state/emptyStatus.ts'
import { eventsOfCommand } from './state/eventsOfCommand.ts'
import { foldState } from './state/foldState.ts'
import type { RolloutEvent } from './state/RolloutEvent.ts'
import { fingerprintOf } from './state/fingerprintOf.ts'
import { adopted, entered, logOf } from './testing/logOf.ts'
import { MemoryStore } from './testing/MemoryStore.ts'
import { planWith } from './testing/planWith.ts'

const service = 'BackupService'
const context = { actor: 'operator', at: 10_000 }
const cause = { kind: 'operator' } as const
const rolledBack: RolloutEvent = { type: 'rolled_back', service, cause, cooldownUntilMs: Date.UTC(2025, 0, 10, 8) }
const gdpr: RolloutEvent = { type: 'incident_reported', service, kind: 'gdpr', severity: 'critical' }
const anotherHash: PlanData = {
  ...productionFeatureFlags,
  revision: 9,
  hash: { ...productionFeatureFlags.hash, salt: 'another' },
}

const after = (...events: readonly RolloutEvent[]) => foldState(logOf(adopted(), ...events))
const command =
  (given: Command, ...events: readonly RolloutEvent[]) =>
  () =>
    eventsOfCommand(after(...events), given, context)

const PHASES = (['initial', 'extended', 'full'] as const).map((phase) => entered(service, phase))
const CASES: Readonly<Record<string, Provocation>> = {
  'rollout.sequence_conflict': () => new MemoryStore().append([], 7),
  'rollout.no_plan': () => eventsOfCommand(emptyStatus, { type: 'pause', service }, context),
  'rollout.unknown_service': command({ type: 'pause', service: 'ArchiveService' }),
  'rollout.unknown_criterion': command({ type: 'sign-off', service, criterion: 'taste' }, entered(service, 'initial')),
  'rollout.incident_latched': command({ type: 'promote', service }, gdpr),
  'rollout.no_incident': command({ type: 'release-incident', service }),
  'rollout.cooling_down': command({ type: 'resume', service }, rolledBack),
  'rollout.rolled_back': command({ type: 'pause', service }, rolledBack),
  'rollout.emergency_stop': command({ type: 'promote', service }, { type: 'emergency_stop_set', on: true }),
  'rollout.nothing_to_do': command({ type: 'pause', service }, { type: 'paused', service, cause }),
  'rollout.another_phase': command({ type: 'promote', service, to: 'full' }, entered(service, 'initial')),
  'rollout.invalid_instance': () => {
    const recorder = new WindowRecorder({ instance: 'x', clock: systemClock })
    const store = new MemoryStore()
    const [logger, random] = [new RecordingLogger(), () => 0]
    return new RolloutController({
      store,
      recorder,
      logger,
      random,
      clock: systemClock,
      plan: planWith(),
      instance: 'två ord',
    })
  },
  'rollout.last_phase': command({ type: 'promote', service }, ...PHASES),
  'rollout.dependency_behind': () => {
    const plan = planWith({ services: { NetworkConnectivityService: { dependsOn: [service] } } })
    const status = foldState(logOf(adopted(plan), { type: 'percentage_set', service, percentageBps: 1_250 }))
    const set = { type: 'set', service: 'NetworkConnectivityService', percentageBps: 2_550 } as const
    return eventsOfCommand(status, set, context)
  },
  'rollout.invalid_percentage': command({ type: 'set', service, percentageBps: 12.5 }),
  'rollout.plan_not_newer': command({ type: 'adopt-plan', plan: planWith() }),
  'rollout.plan_rehashed': command({ type: 'adopt-plan', plan: anotherHash }),
  'rollout.plan_conflict': () => standing(planWith({ cooldownMinutes: 31 })),
  'rollout.plan_outdated': () => {
    const plan = planWith({ revision: 9 })
    return standing(planWith(), { type: 'plan_adopted', revision: 9, fingerprint: fingerprintOf(plan), plan })
  },
  'rollout.invalid_scenario': () => parseScenario({ faults: [{ service, kind: 'rain', value: -1 }], sky: 'blue' }),
  'rollout.invalid_log_line': () => parseLog('{"sequence":1}'),
}

function standing(plan: PlanData, ...events: readonly RolloutEvent[]): string {
  const found = planStandingOf(plan, after(...events))
  if ('error' in found) throw found.error
  return found.kind
}

const CATALOG = { ...rolloutErrors.catalog, ...flagErrors.catalog }

describe('every code of the rollout, provoked', () => {
  it.each(Object.keys(rolloutErrors.catalog))('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], CATALOG)).toEqual([])
  })

  it.each<[string, string, Provocation]>([
    ['a pause of what is rolled back', 'rollout.nothing_to_do', command({ type: 'rollback', service }, rolledBack)],
    ['a resumption of what waits', 'rollout.nothing_to_do', command({ type: 'resume', service })],
    [
      'a resumption of what runs',
      'rollout.nothing_to_do',
      command({ type: 'resume', service }, entered(service, 'initial')),
    ],
    [
      'a security incident',
      'rollout.incident_latched',
      command({ type: 'resume', service }, { ...gdpr, kind: 'security' }),
    ],
    [
      'a criterion where none can be signed off',
      'rollout.unknown_criterion',
      command({ type: 'sign-off', service, criterion: 'x' }, ...PHASES),
    ],
    ['a line that is no JSON', 'rollout.invalid_log_line', () => parseLog('{')],
    ['a fault that cannot be read', 'rollout.invalid_scenario', () => parseFault('BackupService')],
    ['a fault with no number', 'rollout.invalid_scenario', () => parseFault('BackupService:errors=many')],
    ['an amount out of range', 'rollout.invalid_scenario', () => parseFault('BackupService:errors=2')],
    ['a scenario that is none', 'rollout.invalid_scenario', () => parseScenario(null)],
  ])('%s is told well in both languages', async (_what, code, provoke) => {
    expect(await messageProblems(code, provoke, CATALOG)).toEqual([])
  })
})
