/**
 * Throws unless `hits` are 9–11 % of `total`, the bounds of a 10 % rollout over 20,000 keys: the chance of a right one
 * to fall outside is under one in 400,000 (4.7 standard deviations).
 */
export function expectTenPercent(hits: number, total: number): void {
  const percent = (hits / total) * 100
  if (!(percent >= 9 && percent <= 11)) throw new RangeError(`${percent.toFixed(2)} % instead of 9–11 %`)
}
