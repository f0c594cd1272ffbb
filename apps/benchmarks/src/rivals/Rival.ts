import type { Case } from '../harness/Case.ts'

/** One library set up offline for a suite. `stop` releases everything, so that the process can exit. */
export type Rival = Readonly<{ cases: readonly [Case, ...Case[]]; stop: () => void | Promise<void> }>
