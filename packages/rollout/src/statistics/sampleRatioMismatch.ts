import { erfc } from './erfc.ts'

export type SampleRatio = Readonly<{
  /** Distinct subjects that came to each side, not operations: those of one subject are not independent. */
  migrated: number
  legacy: number
  /** The share that should be migrated, from 0 to 1. */
  expectedShare: number
  /** A p-value below this is a mismatch. Customary: 0.001. */
  significance?: number
  /** Subjects that the expected share must give each side before anything is said. */
  minimumExpected?: number
}>

export type SampleRatioMismatch = Readonly<{ pValue: number; enough: boolean; mismatch: boolean }>

/**
 * Whether subjects arrive on the two sides in other numbers than the percentage says: then something loses or moves
 * them, and no comparison of the two sides can be trusted. Pearson's chi-square test with one degree of freedom.
 * It is a fixed-sample test: looked at on every tick for days it will call a mismatch by chance more often than
 * `significance`, so it may hold a phase, never roll one back.
 * At a share of 0 or 1 a single subject on the impossible side is a mismatch.
 * Source: Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019.
 * @throws RangeError for a share outside 0 to 1 or a count that is negative or not a number.
 */
export function sampleRatioMismatch(ratio: SampleRatio): SampleRatioMismatch {
  const { migrated, legacy, expectedShare, significance = 0.001, minimumExpected = 10 } = ratio
  if (!(expectedShare >= 0 && expectedShare <= 1)) throw new RangeError(`expectedShare ${expectedShare} is not 0 to 1`)
  if (!(migrated >= 0 && legacy >= 0)) throw new RangeError(`counts ${migrated} and ${legacy} must be 0 or more`)
  const expected = (migrated + legacy) * expectedShare
  const expectedLegacy = migrated + legacy - expected
  if (expectedShare === 0 || expectedShare === 1) return impossible(expectedShare === 0 ? migrated : legacy)
  const enough = Math.min(expected, expectedLegacy) >= minimumExpected
  const pValue = enough ? erfc(Math.abs(migrated - expected) / Math.sqrt(2 * expected * (1 - expectedShare))) : 1
  return Object.freeze({ pValue, enough, mismatch: enough && pValue < significance })
}

function impossible(count: number): SampleRatioMismatch {
  return Object.freeze({ pValue: count > 0 ? 0 : 1, enough: true, mismatch: count > 0 })
}
