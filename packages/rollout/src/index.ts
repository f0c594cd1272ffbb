export { compareLatency, type LatencyComparison, type LatencyComparisonOptions } from './statistics/compareLatency.ts'
export {
  createErrorRateTest,
  type ErrorRateIncrement,
  type ErrorRateTest,
  errorRateVerdict,
  type ErrorRateVerdict,
  parseErrorRateTest,
  updateErrorRateTest,
} from './statistics/ErrorRateTest.ts'
export { errorRateUpperBound } from './statistics/errorRateUpperBound.ts'
export { LatencySketch } from './statistics/LatencySketch.ts'
export type { LatencySums } from './statistics/LatencySums.ts'
export { minimumSamples } from './statistics/minimumSamples.ts'
export { type SampleRatio, sampleRatioMismatch, type SampleRatioMismatch } from './statistics/sampleRatioMismatch.ts'
export { seededRandom } from './statistics/seededRandom.ts'
export type { StoredLatencySketch } from './statistics/StoredLatencySketch.ts'
