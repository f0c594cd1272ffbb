import type { ValueFinding } from '../detection/Finding.ts'
import type { ScanOptions } from '../detection/scanValue.ts'
import { ValueWalk } from '../detection/ValueWalk.ts'
import type { Pseudonyms } from '../pseudonyms/createPseudonyms.ts'
import { ValueCopy } from './ValueCopy.ts'

export type RedactOptions = ScanOptions &
  Readonly<{
    /** Names of declared subjects; absent: `[subject]`. */
    pseudonyms?: Pick<Pseudonyms, 'of'> | undefined
  }>

/**
 * A value without its personal data, and what was found where nothing was declared. Objects without any are kept as they
 * are; others are copied with their structure and class. Declared kinds become `[kind]`, declared subjects pseudonyms,
 * `technical` fields stay. Texts beyond `maxTextLength` are cut there, and what `scanValue` would not read is left out as
 * `[unread]`. Never throws.
 */
export function redactValue<T>(value: T, options: RedactOptions = {}): { value: T; findings: readonly ValueFinding[] } {
  const walk = new ValueWalk(options)
  walk.visit(value)
  const { findings, root } = walk
  if (!root.isDirty) return { value, findings }
  return { value: new ValueCopy(walk, options).copy(value, root.tree) as T, findings }
}
