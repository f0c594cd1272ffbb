/** How a value must stand to its limit. */
export type Bound = '>=' | '<=' | '<'

/** What share of the schedule's success criteria a number stands for. */
export type Criterion = Readonly<{
  /** Stable: machines follow a criterion over time by this name. */
  name: string
  value: number
  bound: Bound
  limit: number
  met: boolean
  /** In Swedish, for the summary: the measured value with its unit, and what it is. */
  text: string
  /** In Swedish: the places or cases because of which it is not met. Empty when it is. */
  because: readonly string[]
}>

const HOLDS = {
  '>=': (value, limit) => value >= limit,
  '<=': (value, limit) => value <= limit,
  '<': (value, limit) => value < limit,
} satisfies Record<Bound, (value: number, limit: number) => boolean>

/** What could not be measured, such as a suite without a test, is not met. */
export function criterion(
  name: string,
  value: number,
  [bound, limit]: readonly [Bound, number],
  text: string,
  because: readonly string[] = [],
): Criterion {
  const met = HOLDS[bound](value, limit)
  return { name, value, bound, limit, met, text, because: met ? [] : because }
}
