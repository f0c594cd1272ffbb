const NS_STEPS = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
] as const

/** A number with its unit, in three significant digits: nanoseconds in the unit of time that suits, others as they are. */
export function formatQuantity(value: number, unit: string): string {
  const [shownUnit, size] = (unit === 'ns' && NS_STEPS.find((step) => Math.abs(value) >= step[1])) || [unit, 1]
  return `${significant(value / size)} ${shownUnit}`
}

/** Three significant digits, never in exponential form. */
export function significant(value: number): string {
  const digitsBefore = Math.floor(Math.log10(Math.abs(value) || 1)) + 1
  return value.toFixed(Math.min(6, Math.max(0, 3 - digitsBefore)))
}
