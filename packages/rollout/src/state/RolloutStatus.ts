import type { Plan } from '@gradvis/feature-flags'

import type { Cause, IncidentKind, Severity } from './RolloutEvent.ts'

/** Held until an operator releases it. */
export type LatchedIncident = Readonly<{ kind: IncidentKind; severity: Severity; at: number; sequence: number }>
export type ProbeReport = Readonly<{
  passed: boolean
  at: number
  evidence: Readonly<Record<string, string | number | boolean>>
}>

/** What every service has, whatever it is doing. */
type Common = Readonly<{
  incident?: LatchedIncident
  /** Every incident since the phase was entered, latched or not. */
  incidents: readonly LatchedIncident[]
  /** By criterion, of the current phase: when it was signed off, by whom. */
  signOffs: Readonly<Record<string, Readonly<{ at: number; actor: string }>>>
  /** By probe: the last report. */
  probes: Readonly<Record<string, ProbeReport>>
  /** Guardrails in mode `observe` that spoke up in this phase: said once, not on every tick. */
  observed: readonly string[]
}>

/** Epoch milliseconds: since when the phase lasts, and since when the percentage is what it is (evidence counts from there). */
type InPhase = Readonly<{ phase: string; percentageBps: number; phaseSinceMs: number; sinceMs: number }>

export type ServiceStatus = Common &
  (
    | Readonly<{ status: 'waiting' }>
    | (Readonly<{ status: 'running' }> & InPhase)
    /** Stands at its percentage. Without a phase where an operator set a percentage before the first one. */
    | (Readonly<{ status: 'paused'; cause: Cause }> & Omit<InPhase, 'phase'> & Readonly<{ phase: string | undefined }>)
    | Readonly<{ status: 'rolled-back'; cause: Cause; at: number; phase: string | undefined; cooldownUntilMs: number }>
    | (Readonly<{ status: 'complete' }> & InPhase)
  )

/** Where a rollout stands: the fold of its log. */
export type RolloutStatus = Readonly<{
  /** Of the last event folded; 0 before the first. */
  sequence: number
  /** Epoch milliseconds of the latest event. */
  at: number
  emergencyStop: boolean
  /** The plan that was adopted last; undefined before that, when there are no services either. */
  plan: Plan | undefined
  planRevision: number
  planFingerprint: string | undefined
  services: Readonly<Record<string, ServiceStatus>>
}>
