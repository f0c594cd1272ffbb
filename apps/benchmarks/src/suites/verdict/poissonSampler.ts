/** Beyond this many standard deviations nothing is drawn: the chance is below 1e-30. */
const REACH = 12

/**
 * Draws from a Poisson distribution in constant time: the distribution function is tabulated once, and a guide table says
 * where in it to begin. Source: H.-C. Chen and Y. Asau, "On generating random variates from an empirical distribution",
 * AIIE Transactions 6(2), 1974.
 */
export function poissonSampler(mean: number, random: () => number): () => number {
  if (mean === 0) return () => 0
  const spread = REACH * Math.sqrt(mean) + REACH
  const first = Math.max(0, Math.floor(mean - spread))
  const cumulated = cumulate(mean, first, Math.ceil(mean + spread))
  const guide = new Int32Array(cumulated.length)
  for (let slot = 0, index = 0; slot < guide.length; slot++) {
    while ((cumulated[index] as number) <= slot / guide.length && index < cumulated.length - 1) index++
    guide[slot] = index
  }
  return () => {
    const uniform = random()
    let index = guide[Math.floor(uniform * guide.length)] as number
    while ((cumulated[index] as number) <= uniform && index < cumulated.length - 1) index++
    return first + index
  }
}

function cumulate(mean: number, first: number, last: number): Float64Array {
  const logs = new Float64Array(last - first + 1)
  let logFactorial = 0
  for (let count = 1; count <= first; count++) logFactorial += Math.log(count)
  for (let count = first; count <= last; count++) {
    if (count > first) logFactorial += Math.log(count)
    logs[count - first] = count * Math.log(mean) - mean - logFactorial
  }
  let sum = 0
  return logs.map((log) => (sum += Math.exp(log)))
}
