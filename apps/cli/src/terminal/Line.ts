import { styleText } from 'node:util'

import { escapeControls } from './escapeControls.ts'

const STYLES = {
  bold: 'bold',
  dim: 'dim',
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  alarm: ['bold', 'white', 'bgRed'],
} as const satisfies Record<string, Parameters<typeof styleText>[0]>
export type Style = keyof typeof STYLES

/** A piece of a line. Its text may come from anywhere: it is escaped when it is printed, and only then styled. */
export type Segment = string | Readonly<{ text: string; style: Style }>
export type Line = Segment | readonly Segment[]

/** A line as the terminal gets it. The only sequences in it that steer a terminal are those of the styles. */
export function lineText(line: Line, colors: boolean): string {
  return segmentsOf(line)
    .map((segment) => {
      const text = segmentText(segment)
      return colors && typeof segment === 'object'
        ? styleText(STYLES[segment.style], text, { validateStream: false })
        : text
    })
    .join('')
}

function segmentsOf(line: Line): readonly Segment[] {
  return Array.isArray(line) ? (line as readonly Segment[]) : [line as Segment]
}

/** What a segment shows, escaped, without its style. */
function segmentText(segment: Segment): string {
  return escapeControls(typeof segment === 'string' ? segment : segment.text)
}

/** How many columns a segment takes. */
export function widthOf(segment: Segment): number {
  return Array.from(segmentText(segment)).length
}

/** The line cut to a number of columns. */
export function cropLine(line: Line, columns: number): Line {
  let left = columns
  return segmentsOf(line).flatMap((segment) => {
    const shown = Array.from(segmentText(segment)).slice(0, left).join('')
    left -= Array.from(shown).length
    if (shown === '') return []
    return [typeof segment === 'string' ? shown : { ...segment, text: shown }]
  })
}
