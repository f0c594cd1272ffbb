import { IMPLEMENTATIONS } from '@gradvis/kernel'

import type { Report } from './Report.ts'

const COLUMNS = ['service', 'side', 'subjects', 'operations', 'faults', 'median ms', 'reasons'] as const

const NOTE = `Of a pair, the first joins an empty room at once and the second waits for the connection: WebRTCPeerService's median
falls on whichever of the two a side had more of.`

/** The report as a table for people. */
export function renderReport({ services }: Report): string {
  const rows = Object.entries(services).flatMap(([service, report]) =>
    IMPLEMENTATIONS.map((side, index) => {
      const { subjects, operations, faults, p50Ms } = report[side]
      const reasons = Object.entries(report.reasons).map(([reason, count]) => `${reason} ${count}`)
      const first = index === 0
      return [
        first ? service : '',
        side,
        subjects,
        operations,
        faults,
        p50Ms.toFixed(2),
        first ? reasons.join(', ') : '',
      ].map(String)
    }),
  )
  const table = [[...COLUMNS], ...rows]
  const widths = COLUMNS.map((_name, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => align(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1), '', NOTE].join('\n')
}

/** Numbers to the right, words to the left. */
function align(cell: string, width: number, column: number): string {
  return column >= 2 && column <= 5 ? cell.padStart(width) : cell.padEnd(width)
}
