import { errorRateUpperBound } from '@gradvis/rollout'

import type { Cell } from './cells.ts'
import type { Rollbacks } from './runJob.ts'

/** What one rule did in one cell. */
export type RuleResult = Readonly<{
  rollbacks: number
  share: number
  /** One-sided 95 % bounds of the share, which say what so many runs can show. */
  shareAtLeast: number
  shareAtMost: number
  /** Operations until it rolled back, of the runs in which it did; undefined where it never did. */
  meanOperations: number | undefined
  operations: readonly number[]
}>

export type CellResult<Kind extends Cell = Cell> = Readonly<{ cell: Kind; rules: Readonly<Record<string, RuleResult>> }>

/** All jobs of a cell as one result. */
export function cellResult<Kind extends Cell>(cell: Kind, jobs: readonly Rollbacks[]): CellResult<Kind> {
  const names = Object.keys(jobs[0] ?? {})
  const rules = names.map((name) => [
    name,
    ruleResult(
      jobs.flatMap((one) => one[name] ?? []),
      cell.runs,
    ),
  ])
  return { cell, rules: Object.fromEntries(rules) }
}

function ruleResult(operations: readonly number[], runs: number): RuleResult {
  const rollbacks = operations.length
  return {
    rollbacks,
    share: rollbacks / runs,
    shareAtLeast: 1 - errorRateUpperBound({ operations: runs, faults: runs - rollbacks }),
    shareAtMost: errorRateUpperBound({ operations: runs, faults: rollbacks }),
    meanOperations: rollbacks === 0 ? undefined : operations.reduce((sum, one) => sum + one, 0) / rollbacks,
    operations,
  }
}
