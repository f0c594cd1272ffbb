/** How many of events that come at random fall into a span in which `mean` are expected. Takes time as `mean` grows. */
export function poisson(mean: number, random: () => number): number {
  let count = 0
  for (let reached = waiting(random); reached < mean; reached += waiting(random)) count++
  return count
}

function waiting(random: () => number): number {
  return -Math.log1p(-random())
}
