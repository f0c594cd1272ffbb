import type { LatencySketch } from './LatencySketch.ts'
import type { LatencySums } from './LatencySums.ts'
import { halfNormalBoundary, halfNormalEvidence } from './halfNormalMixture.ts'

export type LatencyComparisonOptions = Readonly<{
  /** How many times the mean of legacy is still tolerated. */
  factor?: number
  alpha?: number
  /** Operations needed on each side before anything is said. */
  minimumSamples?: number
}>

export type LatencyComparison = Readonly<{
  /** Mean response time of migrated over that of legacy: what is judged. Undefined without operations on both sides. */
  ratio: number | undefined
  /** Where the true ratio of means lies, each bound wrong at any time ever with probability at most alpha. */
  lowerBound: number
  upperBound: number
  /** ln of the e-value against "ratio <= factor", and ln(1 / alpha), which it must reach. */
  evidence: number
  limit: number
  enough: boolean
  worse: boolean
  /** Reported, not judged: they say whether all calls or only the slowest ones changed. */
  geometricMeanRatio: number | undefined
  p95Ratio: number | undefined
}>

/**
 * Judges whether the mean response time of migrated is more than `factor` times that of legacy (1.5 by default), from
 * all operations of the same kind on both sides so far: merge the windows of a phase and look as often as you like.
 *
 * The log of the ratio of means is asymptotically normal; its variance is estimated as s²/(n·mean²) of both sides (delta
 * method). Seen over the information 1/variance it is a Brownian motion with drift (D. Scharfstein, A. Tsiatis and
 * J. Robins, JASA 92, 1997), for which a mixture over a half-normal drift gives an e-process and a one-sided asymptotic
 * confidence sequence: I. Waudby-Smith, D. Arbour, R. Sinha, E. Kennedy and A. Ramdas, "Time-uniform central limit
 * theory and asymptotic confidence sequences", arXiv:2103.06476. A heavy tail of migrated widens its own bound, because
 * one huge value raises the variance with the mean; that of legacy is foreseen (`cautiousVariance`). So a tail delays a
 * verdict rather than forging one. To judge log latencies instead would need fewer operations but is blind to a tail
 * that got worse, which the mean is not.
 *
 * Both sides must be concurrent, and the percentage constant within what is merged: otherwise the time of day is
 * compared. Operations are taken as independent; bursts that slow many at once make the bounds too narrow.
 * Asymptotic: below `minimumSamples` (200 by default) on either side nothing is said.
 * @throws RangeError unless factor > 0, 0 < alpha < 1 and minimumSamples >= 2.
 */
export function compareLatency(
  sides: Readonly<{ migrated: LatencySketch; legacy: LatencySketch }>,
  options: LatencyComparisonOptions = {},
): LatencyComparison {
  const { factor = 1.5, alpha = 0.001, minimumSamples = 200 } = options
  if (!(factor > 0 && alpha > 0 && alpha < 1 && minimumSamples >= 2)) {
    throw new RangeError(`factor ${factor}, alpha ${alpha} or minimumSamples ${minimumSamples} is out of range`)
  }
  const { migrated, legacy } = sides
  const limit = -Math.log(alpha)
  const enough = Math.min(migrated.count, legacy.count) >= minimumSamples
  const judged = enough ? judge(migrated.sums, legacy.sums, { factor, alpha }) : NOTHING_KNOWN
  return Object.freeze({
    ...judged,
    ratio: quotient(migrated.meanMs, legacy.meanMs),
    limit,
    enough,
    worse: judged.evidence >= limit,
    geometricMeanRatio: quotient(geometricMean(migrated.sums), geometricMean(legacy.sums)),
    p95Ratio: quotient(migrated.quantile(0.95), legacy.quantile(0.95)),
  })
}

type Judged = Readonly<{ lowerBound: number; upperBound: number; evidence: number }>

const NOTHING_KNOWN: Judged = { lowerBound: 0, upperBound: Number.POSITIVE_INFINITY, evidence: 0 }

function judge(
  migrated: LatencySums,
  legacy: LatencySums,
  { factor, alpha }: { factor: number; alpha: number },
): Judged {
  const logRatio = Math.log(migrated.sum / migrated.count / (legacy.sum / legacy.count))
  const ifSlower = informationOf(relativeVariance(migrated) + cautiousVariance(legacy))
  const ifFaster = informationOf(cautiousVariance(migrated) + relativeVariance(legacy))
  return {
    lowerBound: Math.exp(logRatio - halfNormalBoundary(ifSlower, alpha)),
    upperBound: Math.exp(logRatio + halfNormalBoundary(ifFaster, alpha)),
    evidence: halfNormalEvidence(logRatio - Math.log(factor), ifSlower),
  }
}

function informationOf(variance: number): number {
  return 1 / Math.max(variance, SMALLEST_VARIANCE)
}

/** Keeps the information finite for values that are all the same; far below any real variance. */
const SMALLEST_VARIANCE = 1e-12

/** The variance of the mean over the square of the mean. */
function relativeVariance({ count, sum, sumSquares }: LatencySums): number {
  const mean = sum / count
  return Math.max(0, sumSquares / count / (mean * mean) - 1) / (count - 1)
}

/**
 * The same for the side that must not look faster than it is. While the slowest calls of a heavy tail have not been seen,
 * its mean and its variance are both too small, and a verdict would be forged; the logarithms show the tail sooner, as
 * the variance that a log-normal with theirs would have. At most three times the observed one, because for two separate
 * modes (cache hit and miss) that variance means nothing.
 */
function cautiousVariance(sums: LatencySums): number {
  const { count, sumLogs, sumSquaredLogs } = sums
  const observed = relativeVariance(sums)
  const logVariance = Math.max(0, sumSquaredLogs / count - (sumLogs / count) ** 2)
  return Math.min(3 * observed, Math.max(observed, Math.expm1(logVariance) / (count - 1)))
}

function geometricMean({ count, sumLogs }: LatencySums): number | undefined {
  return count === 0 ? undefined : Math.exp(sumLogs / count)
}

function quotient(migrated: number | undefined, legacy: number | undefined): number | undefined {
  return migrated === undefined || legacy === undefined ? undefined : migrated / legacy
}
