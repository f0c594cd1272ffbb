import type { ErrorRule } from './FaultStream.ts'
import { argoFailureLimit } from './rivals/argoFailureLimit.ts'
import { flaggerThreshold } from './rivals/flaggerThreshold.ts'
import { peekedTest } from './rivals/peekedTest.ts'
import { rawFiveMinutes } from './rivals/rawFiveMinutes.ts'

export const OURS = 'ours'

/** What is compared with ours, on the same streams. */
export const ERROR_RIVALS: Readonly<Record<string, ErrorRule>> = {
  'raw five minutes': rawFiveMinutes,
  'Argo failureLimit 3': argoFailureLimit(3),
  'Argo failureLimit 0': argoFailureLimit(0),
  'Flagger threshold 5': flaggerThreshold,
  'test at 5 %, every minute': peekedTest,
}
