import type { FieldClass } from '../detection/Classification.ts'

/** What stands where personal data stood. Nothing in it is ever found again. */
export function placeholder(kind: FieldClass): string {
  return `[${kind}]`
}
