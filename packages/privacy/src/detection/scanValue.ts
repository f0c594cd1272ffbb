import type { Classification } from './Classification.ts'
import type { ValueFinding } from './Finding.ts'
import { ValueWalk } from './ValueWalk.ts'

export type ScanOptions = Readonly<{
  classification?: Classification | undefined
  /** Characters of one text that are read in full; of longer ones the beginning, the middle and the end. Default: all. */
  maxTextLength?: number | undefined
}>

/**
 * The personal data in a value, each kind once per path: texts and keys in objects, arrays, maps, sets and errors, and
 * 12-digit numbers that are a personnummer. Shorter numbers are too often counts of bytes. Dates and binary data hold
 * none. Reads 32 levels and 20,000 values at most. Getters are called once; one that throws is passed over. Declared
 * fields are no findings. Never throws.
 */
export function scanValue(value: unknown, options: ScanOptions = {}): readonly ValueFinding[] {
  const walk = new ValueWalk(options)
  walk.visit(value)
  return walk.findings
}
