import { seededRandom } from '@gradvis/rollout'

import type { Cell, ErrorCell, LatencyCell } from './cells.ts'
import { engineRule } from './engineRule.ts'
import { ERROR_RIVALS, OURS } from './errorRules.ts'
import { faultStreams, operationsUpTo } from './FaultStream.ts'
import { inPhase } from './judgedRollout.ts'
import { LATENCY_RULES, runLatencyPhase } from './runLatencyPhase.ts'

/** Some runs of a cell; the seed makes them others than those of the cell's other jobs. */
export type Job = Readonly<{ index: number; cell: Cell; runs: number; seed: number }>

/** By rule: the operations until each rollback, of the runs that had one. */
export type Rollbacks = Readonly<Record<string, readonly number[]>>

export function runJob({ cell, runs, seed }: Job): Rollbacks {
  const random = seededRandom(seed)
  return cell.kind === 'errors' ? runErrors(cell, runs, random) : runLatencies(cell, runs, random)
}

function runErrors(cell: ErrorCell, runs: number, random: () => number): Rollbacks {
  const rules = { [OURS]: engineRule(inPhase(cell)), ...ERROR_RIVALS }
  const found: Record<string, number[]> = Object.fromEntries(Object.keys(rules).map((name) => [name, []]))
  const next = faultStreams({ ...cell, rate: cell.threshold * cell.times }, random)
  for (let run = 0; run < runs; run++) {
    const stream = next()
    for (const [name, rule] of Object.entries(rules)) {
      const window = rule(stream)
      if (window !== undefined) found[name]?.push(operationsUpTo(stream, window))
    }
  }
  return found
}

function runLatencies(cell: LatencyCell, runs: number, random: () => number): Rollbacks {
  const outcomes = Array.from({ length: runs }, () => runLatencyPhase(cell, random))
  const ofRule = (rule: (typeof LATENCY_RULES)[number]) =>
    outcomes.map((outcome) => outcome[rule]).filter((operations) => operations !== undefined)
  return Object.fromEntries(LATENCY_RULES.map((rule) => [rule, ofRule(rule)]))
}
