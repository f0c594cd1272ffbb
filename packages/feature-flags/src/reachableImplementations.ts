import { type Implementation, IMPLEMENTATIONS } from '@gradvis/kernel'

import type { FlagSnapshot } from './createSnapshot.ts'
import { compiledService } from './decide.ts'

/**
 * The sides that any subject at all may be sent to under a snapshot; what is missing may be drained. While a split
 * runs that is both, at 100 % too: calls without a targeting key stay on legacy.
 */
export function reachableImplementations(snapshot: FlagSnapshot, service: string): ReadonlySet<Implementation> {
  const { settled } = compiledService(snapshot, service)
  return new Set(settled ? [settled.implementation] : IMPLEMENTATIONS)
}
