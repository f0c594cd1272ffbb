/** Whether one of the words stands at most `reach` characters before, on the whole: a number means what its words say. */
export function hasContext(text: string, start: number, words: RegExp, reach = 48): boolean {
  return words.test(text.slice(Math.max(0, start - reach), start).toLowerCase())
}
