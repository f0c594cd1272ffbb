import type { Implementation } from '@gradvis/kernel'

import { BUCKETS } from './bucketOf.ts'
import { compileTargeting, type TargetGroups } from './compileTargeting.ts'
import type { SnapshotInputs } from './createSnapshot.ts'
import { type Decision, makeDecision } from './Decision.ts'
import { deepFreeze } from './deepFreeze.ts'
import { flagErrors } from './flagErrors.ts'
import type { FlagRow } from './FlagTable.ts'
import { type HashPrefix, hashPrefix } from './murmur3.ts'
import type { ServiceState } from './RolloutState.ts'
import { askSettlingRules, type Finding } from './settlingRules.ts'

/** One service, ready to be decided: hand it to `decideWith` to save the look-up by name. */
export type CompiledService = Readonly<{
  service: string
  flag: FlagRow
  /** The decision for everybody, where rules 1 to 5 settle it. */
  settled: Decision | undefined
  /** True while rule 1 or 2 holds: pinned decisions no longer count. */
  breaksPins: boolean
  targetGroups: TargetGroups | undefined
  prefix: HashPrefix
  /** 0 to 10,000. */
  percentageBps: number
  /** The phase that the percentage belongs to, where that is known. */
  phase: string | undefined
  /** Epoch milliseconds at which the plan changes the percentage; undefined where stored state holds it. */
  nextPhaseMs: number | undefined
  /** Made once, so that a decision allocates nothing. */
  decisions: Readonly<{
    targeted: Readonly<Record<Implementation, Decision>>
    migrated: Decision
    legacy: Decision
    noTargetingKey: Decision
  }>
  findings: readonly Finding[]
}>

export function compileService(service: string, flag: FlagRow, inputs: SnapshotInputs): CompiledService {
  const { plan, environment, now, overrides } = inputs
  const state = ownValue(inputs.state?.services, service) ?? {}
  const servicePlan = ownValue(plan.services, service)
  const schedule = scheduleAt(servicePlan?.phases ?? [], state, now)
  assertPercentage(service, schedule.percentageBps)
  const findings = askSettlingRules({
    flag,
    environment,
    environmentSwitch: ownValue(environment.overrides, service),
    emergencyStop: inputs.state?.emergencyStop === true,
    state,
    override: ownValue(overrides, service),
    percentageBps: schedule.percentageBps,
    startMs: servicePlan?.phases[0]?.startMs,
    now,
  })
  const verdict = findings.find((finding) => finding.verdict)?.verdict
  const settled = verdict && makeDecision(service, verdict.implementation, verdict.reason)
  return deepFreeze({
    service,
    flag: { ...flag },
    settled,
    breaksPins: settled?.breaksPins === true,
    targetGroups: compileTargeting(servicePlan?.targeting),
    prefix: hashPrefix(plan.hash.salt + flag.flagKey),
    ...schedule,
    decisions: sharedDecisions(service),
    findings,
  })
}

type Schedule = Pick<CompiledService, 'percentageBps' | 'phase' | 'nextPhaseMs'>
type Phases = SnapshotInputs['plan']['services'][string]['phases']

/** The phase that began last holds until the next begins, also past its planned end. */
function scheduleAt(phases: Phases, state: ServiceState, now: number): Schedule {
  const current = phases.findLast(({ startMs }) => startMs <= now)
  if (state.percentageBps !== undefined || state.paused)
    return { percentageBps: state.percentageBps ?? 0, phase: state.phase, nextPhaseMs: undefined }
  return {
    percentageBps: current?.percentageBps ?? 0,
    phase: current?.name,
    nextPhaseMs: phases.find(({ startMs }) => startMs > now)?.startMs,
  }
}

function assertPercentage(service: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= BUCKETS) return
  throw flagErrors.create('invalid_percentage', { service, value })
}

function sharedDecisions(service: string): CompiledService['decisions'] {
  return {
    targeted: {
      legacy: makeDecision(service, 'legacy', 'TARGETING_MATCH'),
      migrated: makeDecision(service, 'migrated', 'TARGETING_MATCH'),
    },
    migrated: makeDecision(service, 'migrated', 'SPLIT'),
    legacy: makeDecision(service, 'legacy', 'SPLIT'),
    noTargetingKey: makeDecision(service, 'legacy', 'NO_TARGETING_KEY'),
  }
}

function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}
