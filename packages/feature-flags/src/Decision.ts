import type { Implementation } from '@gradvis/kernel'

export const REASONS = [
  'FORCED_LEGACY',
  'INCIDENT',
  'OVERRIDE',
  'ENVIRONMENT',
  'ROLLED_BACK',
  'NOT_STARTED',
  'TARGETING_MATCH',
  'SPLIT',
  'NO_TARGETING_KEY',
] as const
export type Reason = (typeof REASONS)[number]

export type Rule = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** Frozen, and shared by all subjects that it applies to: it holds nothing of any of them. */
export type Decision = Readonly<{
  service: string
  implementation: Implementation
  reason: Reason
  rule: Rule
  /** True for rules 1 and 2: replaces decisions that were pinned earlier. */
  breaksPins: boolean
}>

const RULE_OF = {
  FORCED_LEGACY: 1,
  INCIDENT: 2,
  OVERRIDE: 3,
  ENVIRONMENT: 4,
  ROLLED_BACK: 5,
  NOT_STARTED: 5,
  TARGETING_MATCH: 6,
  SPLIT: 7,
  NO_TARGETING_KEY: 8,
} as const satisfies Record<Reason, Rule>

export function makeDecision(service: string, implementation: Implementation, reason: Reason): Decision {
  const rule = RULE_OF[reason]
  return Object.freeze({ service, implementation, reason, rule, breaksPins: rule <= 2 })
}
