import type { LocalizedText } from '@gradvis/kernel'

import type { FailureCode } from './FailureCode.ts'
import { networkAdvice } from './networkAdvice.ts'

type Situation = FailureCode | 'all_well' | 'nothing_to_probe' | 'layer_ok' | 'layer_skipped'

/** The recommendation, in both languages, for a failure or for the absence of one. */
export function adviceFor(situation: Situation): LocalizedText {
  return networkAdvice[`network.advice.${situation}`]
}
