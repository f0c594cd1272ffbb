import type { PlanData } from '@gradvis/feature-flags'

import type { IncidentKind, Severity } from './RolloutEvent.ts'

/** What an operator, or a program on behalf of one, may ask for. */
export type Command =
  /**
   * Enters the next phase now, whatever its gate says. Never skips one. `to`: the phase that was agreed to; refused when
   * another one is next, so that whoever asks twice is not promoted twice.
   */
  | Readonly<{ type: 'promote'; service: string; to?: string | undefined }>
  | Readonly<{ type: 'pause'; service: string }>
  /** After a pause: goes on. After a rollback, once its cooldown is over: begins at the first phase. */
  | Readonly<{ type: 'resume'; service: string }>
  /** Stands at this percentage until resumed. */
  | Readonly<{ type: 'set'; service: string; percentageBps: number }>
  /** Takes the service, and whatever depends on it, back to legacy. */
  | Readonly<{ type: 'rollback'; service: string }>
  | Readonly<{ type: 'force-legacy'; on: boolean }>
  | Readonly<{ type: 'report-incident'; service: string; kind: IncidentKind; severity: Severity }>
  /** `upTo`: sequence number of the last event that was looked at; what was reported later stays latched. */
  | Readonly<{ type: 'release-incident'; service: string; upTo?: number | undefined }>
  | Readonly<{ type: 'sign-off'; service: string; criterion: string }>
  | Readonly<{ type: 'adopt-plan'; plan: PlanData }>

/** Who asks, and why; both are recorded. `at` in epoch milliseconds. */
export type CommandContext = Readonly<{ actor: string; reason?: string | undefined; at: number }>
