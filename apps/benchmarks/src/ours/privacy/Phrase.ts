import type { PersonalDataKind } from '@gradvis/privacy'

/** Personal data in a text: UTF-16 offsets, half-open. */
export type Label = Readonly<{ kind: PersonalDataKind; start: number; end: number }>

/** A piece of text and everything in it that is personal data. */
export type Phrase = Readonly<{ text: string; labels: readonly Label[] }>

/** `template` with `value` in place of its `{}`, labelled. */
export function labelled(template: string, kind: PersonalDataKind, value: string): Phrase {
  const start = template.indexOf('{}')
  if (start < 0) throw new RangeError(`No {} to fill in: ${template}`)
  return { text: template.replace('{}', () => value), labels: [{ kind, start, end: start + value.length }] }
}

/** `template` with `value` in place of its `{}`, nothing labelled. */
export function unlabelled(template: string, value: string): Phrase {
  return { text: template.replace('{}', () => value), labels: [] }
}

/** One after another. What does not end as a sentence ends its line: nobody writes a number after a number there. */
export function joined(phrases: readonly Phrase[], separator: () => string): Phrase {
  const labels: Label[] = []
  let text = ''
  for (const phrase of phrases) {
    if (text !== '') text += text.endsWith('.') ? separator() : '\n'
    for (const { kind, start, end } of phrase.labels) {
      labels.push({ kind, start: start + text.length, end: end + text.length })
    }
    text += phrase.text
  }
  return { text, labels }
}
