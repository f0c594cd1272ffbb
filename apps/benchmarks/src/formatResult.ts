import { formatQuantity, significant } from './formatQuantity.ts'
import { formatTable } from './formatTable.ts'
import { aimValueText } from './harness/aim.ts'
import type { Aim, MeasurementRow, SuiteResult } from './SuiteResult.ts'

/** A suite's result for people: medians, ratios, aims and what one must know to read them. */
export function formatResult({ suite, aims, detail }: SuiteResult, summary: string): string {
  const sections = [
    `${suite}: ${summary}`,
    section(['measured', 'median', 'middle half'], detail.measurements.map(measurementCells)),
    section(
      ['ratio (median of the rounds)', 'value'],
      detail.ratios.map(({ name, value }) => [name, significant(value)]),
    ),
    section(['aim', 'value', 'limit', 'result'], aims.map(aimCells)),
    detail.notes.map((note) => `  - ${note}`).join('\n'),
  ]
  return sections.filter(Boolean).join('\n\n')
}

function section(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length > 0 ? formatTable(headings, rows) : ''
}

function measurementCells({ name, unit, median, lowerQuartile, upperQuartile }: MeasurementRow): string[] {
  const [low, high] = [formatQuantity(lowerQuartile, unit), formatQuantity(upperQuartile, unit)]
  return [name, formatQuantity(median, unit), `${low} – ${high}`]
}

function aimCells(aim: Aim): string[] {
  return [aim.name, aimValueText(aim), `${aim.op} ${aim.limit}`, aim.met ? 'reached' : 'NOT REACHED']
}
