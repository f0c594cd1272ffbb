import type { Simulation } from '@gradvis/rollout'

import { formatBps, formatDuration, formatInstant } from '../terminal/format.ts'
import type { Line, Segment, Style } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { Texts } from '../texts/cliMessages.ts'

type Entry = Simulation['calendar'][string][number]

/** Which phases each service went through, how long each took, and why it ended. */
export function simulationLines({ calendar, endMs, settled }: Simulation, seed: number, texts: Texts): readonly Line[] {
  const end = formatInstant(endMs)
  const keys = ['service', 'phase', 'percentage', 'entered', 'left', 'outcome', 'why'] as const
  const columns = keys.map((key) => ({ title: texts.text(`simulate.col_${key}`) }))
  const rows = Object.entries(calendar).flatMap(([service, entries]) =>
    entries.length === 0
      ? [[service, texts.text('simulate.never')]]
      : entries.map((entry, index) => cellsOf(index === 0 ? service : '', entry, texts)),
  )
  return [
    { text: texts.text('simulate.heading', { seed }), style: 'bold' },
    '',
    ...tableLines(columns, rows),
    '',
    settled ? texts.text('simulate.settled', { end }) : texts.text('simulate.unsettled', { end }),
  ]
}

const STYLES = {
  advanced: undefined,
  completed: 'good',
  'rolled-back': 'bad',
  stays: 'warning',
} as const satisfies Record<Entry['left'], Style | undefined>

function cellsOf(service: string, entry: Entry, texts: Texts): readonly Segment[] {
  const { phase, percentageBps, enteredMs, leftMs, left, why } = entry
  const style = STYLES[left]
  const outcome = texts.text(`simulate.${left}`)
  return [
    service,
    phase,
    formatBps(percentageBps, texts.language),
    formatInstant(enteredMs),
    leftMs === undefined ? '–' : `${formatInstant(leftMs)} (${formatDuration(leftMs - enteredMs)})`,
    style === undefined ? outcome : { text: outcome, style },
    why[texts.language],
  ]
}
