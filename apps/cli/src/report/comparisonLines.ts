import { formatBytes, formatMs, formatNumber, formatRatio, formatShare } from '../terminal/format.ts'
import type { Line, Segment } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { Texts } from '../texts/cliMessages.ts'
import type { Comparison, OperationComparison, OperationSide } from './compareSides.ts'

const NOTHING = '–'

/** Two sides as tables: by operation, and faults by code. */
export function comparisonLines(comparison: Comparison, texts: Texts): readonly Line[] {
  return [
    { text: texts.text('report.operations'), style: 'bold' },
    ...operationTable(comparison.operations, texts),
    '',
    { text: texts.text('report.faults'), style: 'bold' },
    ...faultLines(comparison, texts),
  ]
}

/** What the sides held in memory, at most. */
export function memoryLine({ heldBytes }: Comparison, texts: Texts): Line {
  const bytes = (value: number | null) => (value === null ? NOTHING : formatBytes(value, texts.language))
  return [
    { text: texts.text('report.memory'), style: 'bold' },
    `: legacy ${bytes(heldBytes.legacy)}, migrated ${bytes(heldBytes.migrated)}`,
  ]
}

function operationTable(operations: readonly OperationComparison[], texts: Texts): readonly Line[] {
  const keys = ['operation', 'side', 'count', 'errors', 'rescued', 'refused', 'mean', 'p95', 'ratio'] as const
  const columns = keys.map((key, index) => ({
    title: texts.text(`report.col_${key}`),
    align: index < 2 ? ('left' as const) : ('right' as const),
  }))
  const rows = operations.flatMap((one) => [
    sideCells(one.operation, 'legacy', one.legacy, NOTHING, texts),
    sideCells('', 'migrated', one.migrated, ratioCell(one, texts), texts),
  ])
  return tableLines(columns, rows)
}

function ratioCell({ meanRatio, p95Ratio }: OperationComparison, { language }: Texts): Segment {
  if (meanRatio === null || p95Ratio === null) return NOTHING
  const text = `${formatRatio(meanRatio, language)} (p95 ${formatRatio(p95Ratio, language)})`
  return meanRatio > 1.5 ? { text, style: 'bad' } : text
}

function sideCells(
  operation: string,
  side: string,
  one: OperationSide,
  ratio: Segment,
  { language }: Texts,
): readonly Segment[] {
  const ms = (value: number | null) => (value === null ? NOTHING : formatMs(value, language))
  return [
    operation,
    side,
    formatNumber(one.operations, language),
    one.errorRate === null ? NOTHING : formatShare(one.errorRate, language),
    formatNumber(one.rescued, language),
    formatNumber(one.refused, language),
    ms(one.meanMs),
    ms(one.p95Ms),
    ratio,
  ]
}

function faultLines({ faults }: Comparison, texts: Texts): readonly Line[] {
  if (faults.length === 0) return [`  ${texts.text('report.no_faults')}`]
  const number = (value: number) => formatNumber(value, texts.language)
  return tableLines(
    [{ title: '' }, { title: 'legacy', align: 'right' }, { title: 'migrated', align: 'right' }],
    faults.map(({ code, legacy, migrated }) => [`  ${code}`, number(legacy), number(migrated)]),
  )
}
