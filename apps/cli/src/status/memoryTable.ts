import { type Implementation, IMPLEMENTATIONS, type Language } from '@gradvis/kernel'

import type { Texts } from '../texts/cliMessages.ts'
import { formatBytes, formatNumber } from '../terminal/format.ts'
import type { Line, Segment } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { MemoryReport } from './memoryReport.ts'
import type { ServiceReport, StatusReport } from './StatusReport.ts'

const NOTHING = '–'

/** What the sides of the services have in memory and what was found in what they emit; empty while nothing is known. */
export function memoryTable({ services, process }: StatusReport, texts: Texts): readonly Line[] {
  const rows = Object.values(services).flatMap((one) => rowsOf(one, texts))
  if (rows.length === 0) return []
  // Findings first: on a narrow screen the last columns are cut off.
  const columns = [
    { title: texts.text('status.col_service') },
    { title: texts.text('status.col_side') },
    { title: texts.text('status.col_findings'), align: 'right' },
    { title: texts.text('status.col_held'), align: 'right' },
    { title: texts.text('status.col_heap'), align: 'right' },
    { title: texts.text('status.col_external'), align: 'right' },
    { title: texts.text('status.col_trend') },
  ] as const
  return ['', ...tableLines(columns, rows), ...(process ? [processLine(process, texts)] : [])]
}

function rowsOf({ service, memory }: ServiceReport, texts: Texts): readonly (readonly Segment[])[] {
  if (memory === null) return []
  return IMPLEMENTATIONS.filter((side) => isKnown(memory[side])).map((side) =>
    cellsOf(service, side, memory[side], texts),
  )
}

function isKnown({ heldBytes, sampledHeapBytes, externalBytes, findings }: MemoryReport): boolean {
  return heldBytes !== null || sampledHeapBytes !== null || externalBytes !== null || totalOf(findings) > 0
}

function cellsOf(service: string, side: Implementation, report: MemoryReport, texts: Texts): readonly Segment[] {
  const { language } = texts
  const found = totalOf(report.findings)
  const findings = formatNumber(found, language)
  return [
    service,
    side,
    found > 0 ? { text: findings, style: side === 'migrated' ? 'bad' : 'warning' } : findings,
    bytesText(report.heldBytes, language),
    bytesText(report.sampledHeapBytes, language),
    bytesText(report.externalBytes, language),
    trendCell(report.trend, texts),
  ]
}

function totalOf(findings: MemoryReport['findings']): number {
  return Object.values(findings).reduce((sum, count) => sum + count, 0)
}

function bytesText(bytes: number | null, language: Language): string {
  return bytes === null ? NOTHING : formatBytes(bytes, language)
}

function trendCell(trend: MemoryReport['trend'], texts: Texts): Segment {
  if (trend === null) return NOTHING
  const { bytesPerHour, growing, source } = trend
  const sign = Math.abs(bytesPerHour) < 1 ? '' : bytesPerHour < 0 ? '−' : '+'
  const rate = `${sign}${formatBytes(Math.abs(bytesPerHour), texts.language)}/h`
  if (!growing) return rate
  const what = texts.text(source === 'heldBytes' ? 'status.col_held' : 'status.col_heap')
  return { text: texts.text('status.memory_grows', { rate, what }), style: 'warning' }
}

function processLine(process: NonNullable<StatusReport['process']>, texts: Texts): Line {
  const { instances, heapUsedBytes, externalBytes, arrayBufferBytes } = process
  const bytes = (amount: number) => formatBytes(amount, texts.language)
  const text = texts.text('status.processes', {
    instances,
    heap: bytes(heapUsedBytes),
    external: bytes(externalBytes),
    buffers: bytes(arrayBufferBytes),
  })
  return { text, style: 'dim' }
}
