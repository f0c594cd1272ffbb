import type { ServiceCase } from '../ServiceCase.ts'

export type Counts = Readonly<{ operations: number; faults: number; cacheHits: number }>

/** The migrated side's counts since its percentage changed: of the operations named, or of all. */
export function countsOf({ evidence }: ServiceCase, names: readonly string[] | undefined): Counts {
  let [operations, faults, cacheHits] = [0, 0, 0]
  for (const [name, seen] of evidence?.sides.migrated ?? []) {
    if (names !== undefined && !names.includes(name)) continue
    operations += seen.operations
    faults += seen.faults
    cacheHits += seen.cacheHits
  }
  return { operations, faults, cacheHits }
}

/** How much of what is needed was seen, in both languages. */
export function progressText(operations: number, least: number): Readonly<{ sv: string; en: string }> {
  return { sv: `${operations} av minst ${least} operationer`, en: `${operations} of at least ${least} operations` }
}
