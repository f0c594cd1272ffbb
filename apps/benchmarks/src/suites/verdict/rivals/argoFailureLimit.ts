import type { ErrorRule } from '../FaultStream.ts'
import { perMinute } from './perMinute.ts'

/**
 * Argo Rollouts' AnalysisRun: a measurement a minute of the last minute's rate; failed when over the threshold; aborts
 * when more than `failureLimit` have failed over the whole run, in a row or not (default 0). A minute without operations
 * is taken as no measurement, which is kinder than the error that an empty query result is.
 * Source: argoproj/argo-rollouts, analysis/analysis.go and utils/defaults/defaults.go.
 */
export function argoFailureLimit(failureLimit: number): ErrorRule {
  return (stream) => {
    let failures = 0
    return perMinute(stream, (operations, faults) => {
      if (faults > stream.threshold * operations) failures++
      return failures > failureLimit
    })
  }
}
