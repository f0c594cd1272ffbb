import type { SuiteOptions } from '../Suite.ts'
import type { MeasureOptions } from './measure.ts'

const FULL = { rounds: 61, sampleMs: 8, warmUpMs: 400 }
const QUICK = { rounds: 5, sampleMs: 1, warmUpMs: 20 }

/** How long suites of cheap calls measure: some 10 seconds for eight cases, or a second for a smoke run. */
export function paceOf({ quick, clock, collectGarbage, progress }: SuiteOptions): Omit<MeasureOptions, 'inputCount'> {
  return { ...(quick ? QUICK : FULL), clock, progress, ...(collectGarbage && { collectGarbage }) }
}
