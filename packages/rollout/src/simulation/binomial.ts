/** How many of `count` independent trials succeed. Exact, and as fast as there are few of the rarer outcome. */
export function binomial(count: number, share: number, random: () => number): number {
  if (share > 0.5) return count - binomial(count, 1 - share, random)
  if (share <= 0) return 0
  const logMiss = Math.log1p(-share)
  const jump = () => 1 + Math.floor(Math.log1p(-random()) / logMiss)
  let successes = 0
  for (let trial = jump(); trial <= count; trial += jump()) successes++
  return successes
}
