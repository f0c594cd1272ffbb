import { IMPLEMENTATIONS } from '@gradvis/kernel'

import type { Texts } from '../texts/createTexts.ts'
import type { Report } from './Report.ts'

const COLUMNS = ['service', 'side', 'subjects', 'operations', 'faults', 'median', 'reasons'] as const

/** The report as a table for people. */
export function renderReport({ services }: Report, texts: Texts): string {
  const rows = Object.entries(services).flatMap(([service, report]) =>
    IMPLEMENTATIONS.map((side, index) => {
      const { subjects, operations, faults, p50Ms } = report[side]
      const reasons = Object.entries(report.reasons).map(([reason, count]) => `${reason} ${count}`)
      const first = index === 0
      return [
        first ? service : '',
        texts.text(`protokoll.${side}`),
        subjects,
        operations,
        faults,
        p50Ms.toLocaleString(texts.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
        first ? reasons.join(', ') : '',
      ].map(String)
    }),
  )
  const table = [COLUMNS.map((name) => texts.text(`protokoll.column_${name}`)), ...rows]
  const widths = COLUMNS.map((_name, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => align(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  )
  return [
    lines[0],
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...lines.slice(1),
    '',
    texts.text('protokoll.note'),
  ].join('\n')
}

/** Numbers to the right, words to the left. */
function align(cell: string, width: number, column: number): string {
  return column >= 2 && column <= 5 ? cell.padStart(width) : cell.padEnd(width)
}
