import { significant } from '../../formatQuantity.ts'
import type { CellResult, RuleResult } from './CellResult.ts'
import { type Cell, type ErrorCell, informationBound } from './cells.ts'

export function cellName(cell: Cell): string {
  if (cell.kind === 'latency') return `${cell.times} × legacy, sigma ${cell.sigma}`
  return `${cell.times} × ${percent(cell.threshold)} at ${cell.operationsPerSecond}/s`
}

/** One line: the share of phases that each rule rolled back. */
export function shareLine({ cell, rules }: CellResult): string {
  const { ours, ...rivals } = rules
  const others = Object.entries(rivals).map(([name, { share }]) => `${name} ${percent(share)}`)
  const bound = ours ? `${percent(ours.share)} (at most ${percent(ours.shareAtMost)})` : ''
  return `rolled back, ${cellName(cell)}, ${cell.runs} phases: ours ${bound}; ${others.join('; ')}`
}

/** One line: mean operations until each rule rolled back over the information bound. */
export function boundLine({ cell, rules }: CellResult<ErrorCell>): string {
  const bound = informationBound(cell)
  const texts = Object.entries(rules).map(([name, rule]) => `${name} ${overBound(rule, bound)}${never(rule)}`)
  return `mean operations / bound (${Math.round(bound)}), ${cellName(cell)}: ${texts.join('; ')}`
}

/** One line: mean operations of the migrated side until each rule rolled back. */
export function operationsLine({ cell, rules }: CellResult): string {
  const texts = Object.entries(rules).map(([name, rule]) => {
    const mean = rule.meanOperations === undefined ? '–' : String(Math.round(rule.meanOperations))
    return `${name} ${mean}${never(rule)}`
  })
  return `mean operations to rollback, ${cellName(cell)}, ${cell.runs} phases: ${texts.join('; ')}`
}

function overBound({ meanOperations }: RuleResult, bound: number): string {
  return meanOperations === undefined ? '–' : significant(meanOperations / bound)
}

function never({ share }: RuleResult): string {
  return share === 1 ? '' : ` (never in ${percent(1 - share)})`
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}
