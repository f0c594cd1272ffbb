export { type SampleRatio, sampleRatioMismatch, type SampleRatioMismatch } from './statistics/sampleRatioMismatch.ts'
export { seededRandom } from './statistics/seededRandom.ts'
