/** The codes of an error and of all that it wraps: AggregateError hides one per address, `cause` the real reason. */
export function systemCodes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  return [...new Set([...own, ...inner.flatMap(systemCodes)])]
}
