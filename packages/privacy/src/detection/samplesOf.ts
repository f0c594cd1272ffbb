/** The whole of a text up to the limit; of a longer one, its beginning up to the limit, and a quarter of it each from its middle and its end. */
export function samplesOf(text: string, limit: number): readonly string[] {
  if (text.length <= limit) return [text]
  const quarter = Math.floor(limit / 4)
  const middle = Math.floor((text.length - quarter) / 2)
  return [text.slice(0, limit), text.slice(middle, middle + quarter), text.slice(-quarter)]
}
