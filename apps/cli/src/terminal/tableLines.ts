import { type Line, type Segment, widthOf } from './Line.ts'

export type Column = Readonly<{ title: string; align?: 'left' | 'right' }>

const GAP = '  '

/** Columns as wide as their widest cell; the last one is not padded. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly Segment[])[]): readonly Line[] {
  const titles = columns.map(({ title }): Segment => ({ text: title, style: 'dim' }))
  const widths = columns.map((_, index) => Math.max(...[titles, ...rows].map((row) => widthOf(row[index] ?? ''))))
  return [titles, ...rows].map((row) =>
    columns.flatMap(({ align }, index) => {
      const cell = row[index] ?? ''
      const padding = ' '.repeat((widths[index] ?? 0) - widthOf(cell))
      if (align === 'right') return [index === 0 ? '' : GAP, padding, cell]
      return index === columns.length - 1 ? [GAP, cell] : [index === 0 ? '' : GAP, cell, padding]
    }),
  )
}
