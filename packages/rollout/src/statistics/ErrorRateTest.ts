import { ALTERNATIVES, logFactors, logSum } from './errorRateEvidence.ts'

/**
 * A running sequential test of "the error rate is at most `threshold`". Plain data: may be stored as JSON and continued
 * (`parseErrorRateTest`). `logWealth` is the logarithm of the bets on each alternative; `bettedAt` is the number of
 * operations at which new bets were placed last; `peakEvidence` is the highest evidence ever reached.
 */
export type ErrorRateTest = Readonly<{
  threshold: number
  alpha: number
  operations: number
  faults: number
  bettedAt: number
  peakEvidence: number
  logWealth: readonly number[]
}>

export type ErrorRateIncrement = Readonly<{ operations: number; faults: number }>

export type ErrorRateVerdict = Readonly<{
  /** ln of the e-value now, and the highest it has been. */
  evidence: number
  peakEvidence: number
  /** ln(1 / alpha): what the evidence must reach. */
  limit: number
  /** Latched: once true, it stays true. */
  exceeded: boolean
}>

/** Share of the wealth that is bet at the start. The rest is kept for a rate that rises later. */
const INITIAL_SHARE = 0.9

/**
 * Starts a test that says "exceeded" of a service within the threshold with probability at most `alpha`, however often
 * it is looked at.
 *
 * A mixture e-process. Against each alternative p₁ the likelihood ratio ∏ (p₁/p₀)^fault ((1-p₁)/(1-p₀))^(1-fault) has
 * an expected factor p·p₁/p₀ + (1-p)(1-p₁)/(1-p₀) per operation, which is 1 at p = p₀ and less below: a nonnegative
 * supermartingale that starts at 1. So is any mixture of them whose weights are fixed beforehand, and by Ville's
 * inequality P(it ever reaches 1/α) <= α for every rate p <= p₀.
 *
 * The mixture is over alternatives and over starting times. Without the second a healthy day would have to be paid back
 * before a fault on the next day shows. The bets not yet placed after n operations are 0.1 / (1 + ln(1 + n·p₀)) of the
 * wealth; what operations already seen have released is bet at the next update. Hence detection takes somewhat
 * longer after a long healthy time, and 2 % longer at the start than if all were bet then.
 *
 * Sources: J. Ville, "Étude critique de la notion de collectif" (1939); A. Ramdas, P. Grünwald, V. Vovk and G. Shafer,
 * "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38(4), 2023; for starting times
 * J. Shin, A. Ramdas and A. Rinaldo, "E-detectors", arXiv:2203.03532.
 * @throws RangeError unless 0 < threshold < 1 and 0 < alpha < 1.
 */
export function createErrorRateTest(options: Readonly<{ threshold: number; alpha?: number }>): ErrorRateTest {
  const { threshold, alpha = 0.001 } = options
  if (!isShare(threshold) || !isShare(alpha)) {
    throw new RangeError(`threshold ${String(threshold)} and alpha ${String(alpha)} must be between 0 and 1`)
  }
  const logWealth = Object.freeze(Array.from({ length: ALTERNATIVES }, () => Math.log(INITIAL_SHARE / ALTERNATIVES)))
  return Object.freeze({ threshold, alpha, operations: 0, faults: 0, bettedAt: 0, peakEvidence: 0, logWealth })
}

/**
 * The test after more operations, of which `faults` failed; the given one is left as it was. Whole windows at once are
 * valid too: the product over a window depends on its two counts alone, new bets are sized by earlier windows only, and
 * looking at the process at some times instead of all can miss a peak but never adds a false alarm. Windows must not
 * be cut by their outcome in hindsight, and must come once each, in order of time.
 * @throws RangeError unless both are whole numbers with 0 <= faults <= operations.
 */
export function updateErrorRateTest(test: ErrorRateTest, increment: ErrorRateIncrement): ErrorRateTest {
  const { operations, faults } = increment
  if (!areCounts(operations, faults)) throw new RangeError(`${faults} faults of ${operations} operations: impossible`)
  if (operations === 0) return test
  const released = unplacedShare(test.threshold, test.bettedAt) - unplacedShare(test.threshold, test.operations)
  const bet = Math.log(released / ALTERNATIVES)
  const logWealth = test.logWealth.map((wealth, index) => {
    const { onFault, onSuccess } = logFactors(test.threshold, index)
    return logSum(wealth, bet) + faults * onFault + (operations - faults) * onSuccess
  })
  const next = {
    ...test,
    operations: test.operations + operations,
    faults: test.faults + faults,
    bettedAt: test.operations,
    logWealth: Object.freeze(logWealth),
  }
  return Object.freeze({ ...next, peakEvidence: Math.max(test.peakEvidence, evidenceOf(next)) })
}

/** What the test says now. `exceeded` rests on the peak, which Ville's inequality covers: it never takes itself back. */
export function errorRateVerdict(test: ErrorRateTest): ErrorRateVerdict {
  const limit = -Math.log(test.alpha)
  const { peakEvidence } = test
  return Object.freeze({ evidence: evidenceOf(test), peakEvidence, limit, exceeded: peakEvidence >= limit })
}

/** A test read back from a store, or undefined for anything that `updateErrorRateTest` can't have made. */
export function parseErrorRateTest(value: unknown): ErrorRateTest | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { threshold, alpha, operations, faults, bettedAt, peakEvidence, logWealth } = value as Partial<ErrorRateTest>
  if (!isShare(threshold) || !isShare(alpha) || !areCounts(operations, faults)) return undefined
  if (!areCounts(operations, bettedAt) || !Number.isFinite(peakEvidence) || Number(peakEvidence) < 0) return undefined
  if (!Array.isArray(logWealth) || logWealth.length !== ALTERNATIVES) return undefined
  if (!logWealth.every((wealth) => Number.isFinite(wealth))) return undefined
  const fields = { threshold, alpha, operations, faults, bettedAt, peakEvidence, logWealth: [...logWealth] }
  Object.freeze(fields.logWealth)
  return Object.freeze(fields) as ErrorRateTest
}

function evidenceOf(test: Pick<ErrorRateTest, 'threshold' | 'bettedAt' | 'logWealth'>): number {
  return test.logWealth.reduce(logSum, Math.log(unplacedShare(test.threshold, test.bettedAt)))
}

function unplacedShare(threshold: number, operations: number): number {
  return (1 - INITIAL_SHARE) / (1 + Math.log1p(operations * threshold))
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1
}

function areCounts(all: unknown, some: unknown): boolean {
  return Number.isSafeInteger(all) && Number.isSafeInteger(some) && Number(some) >= 0 && Number(some) <= Number(all)
}
