import type { Clock } from '@gradvis/kernel'

import type { SuiteResult } from './SuiteResult.ts'

export type SuiteOptions = Readonly<{
  clock: Clock
  /** A smoke run: every code path in under ten seconds, numbers that nobody should quote. */
  quick: boolean
  /** Present when the process was started with `--expose-gc`. */
  collectGarbage: (() => void) | undefined
  /** One line on what is being done now. */
  progress: (text: string) => void
}>

/** Measures ours and the rivals in one run. Rejects when a case answers wrongly, never because an aim is missed. */
export type Suite = (options: SuiteOptions) => Promise<SuiteResult>

export type SuiteEntry = Readonly<{
  /** What is measured against what, in one line. */
  summary: string
  /** Loads the suite on demand: a suite's rivals must not slow down or disturb another's. */
  load: () => Promise<Suite>
}>
