import type { PlanData } from '@gradvis/feature-flags'

import type { IncidentKind, Severity } from './RolloutEvent.ts'

/** What an operator, or a program on behalf of one, may ask for. */
export type Command =
  /** Enters the next phase now, whatever its gate says. Never skips one. */
  | Readonly<{ type: 'promote'; service: string }>
  | Readonly<{ type: 'pause'; service: string }>
  /** After a pause: goes on. After a rollback, once its cooldown is over: begins at the first phase. */
  | Readonly<{ type: 'resume'; service: string }>
  /** Stands at this percentage until resumed. */
  | Readonly<{ type: 'set'; service: string; percentageBps: number }>
  /** Takes the service, and whatever depends on it, back to legacy. */
  | Readonly<{ type: 'rollback'; service: string }>
  | Readonly<{ type: 'force-legacy'; on: boolean }>
  | Readonly<{ type: 'report-incident'; service: string; kind: IncidentKind; severity: Severity }>
  | Readonly<{ type: 'release-incident'; service: string }>
  | Readonly<{ type: 'sign-off'; service: string; criterion: string }>
  | Readonly<{ type: 'adopt-plan'; plan: PlanData }>

/** Who asks, and why; both are recorded. `at` in epoch milliseconds. */
export type CommandContext = Readonly<{ actor: string; reason?: string | undefined; at: number }>
