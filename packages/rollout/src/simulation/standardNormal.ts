/** One draw of the standard normal distribution. Source: G. Box and M. Muller, Annals of Mathematical Statistics 29(2), 1958. */
export function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random())
}
