import type { ErrorRule } from '../FaultStream.ts'
import { perMinute } from './perMinute.ts'

/**
 * Flagger's canary analysis with `interval: 60s` and `threshold: 5`: a check fails when the last minute's rate is over the
 * limit, or when there are no values; failed checks add up and success never takes any back; at the threshold it rolls
 * back. Source: fluxcd/flagger, pkg/controller/scheduler.go.
 */
export const flaggerThreshold: ErrorRule = (stream) => {
  let failedChecks = 0
  return perMinute(stream, (operations, faults) => {
    if (operations === 0 || faults > stream.threshold * operations) failedChecks++
    return failedChecks >= 5
  })
}
