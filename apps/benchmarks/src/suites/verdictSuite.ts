import { availableParallelism } from 'node:os'

import { errorRateUpperBound } from '@gradvis/rollout'

import { aim } from '../harness/aim.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { quantile } from '../harness/quantile.ts'
import type { Suite } from '../Suite.ts'
import type { Aim, MeasurementRow } from '../SuiteResult.ts'
import { type CellResult, cellResult } from './verdict/CellResult.ts'
import { type Cell, cells, type ErrorCell, EXACT_TRAFFIC, informationBound, type LatencyCell } from './verdict/cells.ts'
import type { Job } from './verdict/runJob.ts'
import { runJobs } from './verdict/runJobs.ts'
import { boundLine, cellName, operationsLine, shareLine } from './verdict/verdictTexts.ts'

/** Small enough that threads end at about the same time. */
const RUNS_PER_JOB = 200

/** How often a healthy service is rolled back, and how soon a worse one, beside what others do on the same streams. */
export const verdictSuite: Suite = async ({ quick, progress }) => {
  const all = cells(quick)
  const jobs = all.flatMap(jobsOf).map((job, index) => Object.assign(job, { index }))
  const threads = Math.min(jobs.length, availableParallelism())
  const done = await runJobs(jobs, {
    threads,
    progress: (count) => count % 50 === 0 && progress(`${count} of ${jobs.length} jobs`),
  })
  const results = all.map((cell) =>
    cellResult(
      cell,
      jobs.filter((job) => job.cell === cell).map(({ index }) => done[index] ?? {}),
    ),
  )
  const groups = groupsOf(results)
  return {
    suite: 'verdict',
    aims: aimsOf(groups),
    detail: {
      measurements: groups.worse.flatMap(measurementOf),
      ratios: [
        ...groups.worseErrors.map(({ cell, rules }) => ({
          name: `ours, mean operations / bound: ${cellName(cell)}`,
          value: (rules.ours?.meanOperations ?? 0) / informationBound(cell),
        })),
        {
          name: 'ours, false rollbacks / phases by errors, highest of all cells',
          value: highest(groups.healthyErrors),
        },
      ],
      notes: [
        ...groups.healthy.map(shareLine),
        ...groups.worseErrors.map(boundLine),
        ...groups.worseLatency.map(operationsLine),
        ...NOTES,
      ],
      cells: results.map(({ cell, rules }) => ({ cell: { ...cell }, rules: withoutRuns(rules) })),
      quick,
      threads,
      machine: describeMachine(),
    },
  }
}

function jobsOf(cell: Cell, index: number): Omit<Job, 'index'>[] {
  return Array.from({ length: Math.ceil(cell.runs / RUNS_PER_JOB) }, (_, part) => ({
    cell,
    runs: Math.min(RUNS_PER_JOB, cell.runs - part * RUNS_PER_JOB),
    seed: index * 1_000 + part,
  }))
}

function groupsOf(results: readonly CellResult[]) {
  const errors = results.filter((one): one is CellResult<ErrorCell> => one.cell.kind === 'errors')
  const latencies = results.filter((one): one is CellResult<LatencyCell> => one.cell.kind === 'latency')
  const healthyErrors = errors.filter(({ cell }) => cell.times <= 1)
  const healthyLatency = latencies.filter(({ cell }) => cell.times <= 1.5)
  const worseErrors = errors.filter(({ cell }) => cell.times > 1)
  const worseLatency = latencies.filter(({ cell }) => cell.times > 1.5)
  return {
    healthyErrors,
    healthyLatency,
    worseErrors,
    worseLatency,
    healthy: [...healthyErrors, ...healthyLatency],
    worse: [...worseErrors, ...worseLatency],
  }
}

function aimsOf({ healthyErrors, healthyLatency, worseErrors, worseLatency }: ReturnType<typeof groupsOf>): Aim[] {
  const atThreshold = healthyErrors.filter(({ cell }) => cell.times === 1)
  const below = healthyErrors.filter(({ cell }) => cell.times < 1)
  const exact = worseErrors.filter(({ cell }) => cell.operationsPerSecond === EXACT_TRAFFIC)
  const overBound = exact.map(({ cell, rules }) => (rules.ours?.meanOperations ?? Infinity) / informationBound(cell))
  const twice = worseLatency.filter(({ cell }) => cell.times === 2 && cell.sigma === 1)
  return [
    aim('false_rollbacks_by_errors_worst_cell_at_least_share', worstAtLeast(healthyErrors), '<=', 0.001),
    aim('false_rollbacks_by_errors_at_threshold_at_most_share', pooledAtMost(atThreshold), '<=', 0.001),
    aim('false_rollbacks_by_errors_below_threshold_at_most_share', pooledAtMost(below), '<=', 0.001),
    aim('worse_by_errors_mean_operations_over_bound_worst_cell', Math.max(...overBound), '<=', 1.3),
    aim('worse_by_errors_rolled_back_worst_cell_share', Math.min(...sharesOf(worseErrors)), '>=', 0.999),
    aim('false_rollbacks_by_latency_worst_cell_share', highest(healthyLatency), '<=', 0.001),
    aim('twice_as_slow_rolled_back_share', Math.min(...sharesOf(twice)), '>=', 0.999),
  ]
}

function highest(results: readonly CellResult[]): number {
  return Math.max(...sharesOf(results))
}

function sharesOf(results: readonly CellResult[]): number[] {
  return results.map(({ rules }) => rules.ours?.share ?? Number.NaN)
}

/** What is shown of the worst cell at 95 %. The highest share itself says more of the number of cells than of the rule. */
function worstAtLeast(results: readonly CellResult[]): number {
  return Math.max(...results.map(({ rules }) => rules.ours?.shareAtLeast ?? Number.NaN))
}

/** The 95 % upper bound of the share over all of them. */
function pooledAtMost(results: readonly CellResult[]): number {
  const operations = results.reduce((sum, { cell }) => sum + cell.runs, 0)
  const faults = results.reduce((sum, { rules }) => sum + (rules.ours?.rollbacks ?? 0), 0)
  return errorRateUpperBound({ operations, faults })
}

function measurementOf({ cell, rules }: CellResult): MeasurementRow[] {
  const operations = rules.ours?.operations ?? []
  if (operations.length === 0) return []
  const [lowerQuartile, median, upperQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(operations, share))
  const name = `ours, operations to rollback: ${cellName(cell)}`
  return [{ name, unit: 'operations', median, lowerQuartile, upperQuartile } as MeasurementRow]
}

function withoutRuns(rules: CellResult['rules']) {
  const rows = Object.entries(rules).map(([name, { operations: _all, meanOperations, ...rest }]) => [
    name,
    meanOperations === undefined ? rest : { ...rest, meanOperations },
  ])
  return Object.fromEntries(rows)
}

const NOTES = [
  'A phase is two days of 10 s windows, judged after each; operations arrive at random and fail independently. All rules see the same streams. "At most" is the one-sided 95 % bound: what so many phases can show, which without a rollback is about 3 / phases. There are 5,000 phases per cell at the threshold up to 1/s and 1,000 elsewhere, where 0.1 % takes 3,000 to show, so the upper bounds that are aims take all cells together; of single cells the aim is that none is shown, at 95 %, to exceed 0.1 %.',
  'ours, errors: both error-rate guardrails as by default (early, alpha 0.0009; sustained, alpha 0.0001), by the engine’s own test and judge(). Where a bound proves that neither can act, they are not run; a test compares this with the engine run at every tick.',
  'The bound is ln(1 / alpha) / KL(p1 ‖ p0) with alpha 0.001. At 0.02/s a window holds one operation or none (two in 2 %), so operations are counted exactly, and the aim uses these; at 10/s one window of 100 is the least that can be counted. Below 1 a rule has no such alpha: see how often it rolls back what is healthy.',
  'raw five minutes: the rate of the last five minutes is over the threshold at every tick of five unbroken minutes. Argo Rollouts: a measurement a minute, aborted when more than failureLimit are over the threshold; a minute without operations is no measurement. Flagger: a check a minute, rolled back at 5 failed ones in all, where no values fail, too. Test at 5 %: one-sided, on all operations so far, looked at every minute.',
  'Latency: log-normal around a median of 50 ms for legacy, 1 operation/s, half of it on each side; more than 1.5 × the mean of legacy is worse. Operations are the migrated side’s. Kayenta: minute means of an hour, judged hourly (Mann–Whitney, 98 %, tolerance 0.25, allowedIncrease 1.5).',
]
