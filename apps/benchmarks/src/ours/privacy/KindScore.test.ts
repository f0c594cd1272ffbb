import { describe, expect, it } from 'vitest'

import type { MeasuredKind } from './itemSentences.ts'
import { type Detect, type KindScore, precision, recall, scoreKinds } from './KindScore.ts'
import { joined, labelled, unlabelled } from './Phrase.ts'

const email = labelled('Skriv till {}.', 'email', 'a@b.se')
const phone = labelled('Ring {}.', 'phone', '08-123')
const order = unlabelled('Order {}.', '08-999')
const paragraph = joined([email, phone, order], () => ' ')

const at = (text: string, kind: MeasuredKind) => {
  const start = paragraph.text.indexOf(text)
  return { kind, start, end: start + text.length }
}
const scored = (kind: MeasuredKind, detect: Detect) => scoreKinds([paragraph], [kind], detect).get(kind) as KindScore

describe('scoreKinds', () => {
  it('counts an item as found where a finding of its kind overlaps it', () => {
    const score = scored('email', () => [at('b.se', 'email')])
    expect([recall(score), precision(score)]).toEqual([1, 1])
  })

  it('counts a finding of another kind as a mistake of that kind and the item as missed', () => {
    const detect = () => [at('08-123', 'email')]
    expect(recall(scored('phone', detect))).toBe(0)
    expect(precision(scored('email', detect))).toBe(0)
    expect(scored('phone', detect).missed).toEqual(['Skriv till a@b.se. Ring ⟦08-123⟧. Order 08-9'])
  })

  it('counts what is found in a look-alike as a mistake', () => {
    const score = scored('phone', () => [at('08-123', 'phone'), at('08-999', 'phone')])
    expect([recall(score), precision(score)]).toEqual([1, 0.5])
  })

  it('takes a sole trader’s number for a personnummer too', () => {
    const trader = labelled('Org.nr {}', 'organisationsnummer', '811228-9874')
    const detect: Detect = () => [{ kind: 'personnummer', start: 7, end: 18 }]
    const scores = scoreKinds([trader], ['organisationsnummer', 'personnummer'], detect)
    expect(recall(scores.get('organisationsnummer') as KindScore)).toBe(1)
    expect(precision(scores.get('personnummer') as KindScore)).toBe(1)
  })

  it('finds no mistake in a library that finds nothing', () => {
    expect(precision(scored('phone', () => []))).toBe(1)
  })
})

describe('joined', () => {
  it('moves labels with their text, and ends the line after what is no sentence', () => {
    const list = joined([labelled('Tel: {}', 'phone', '08-123'), email], () => ' ')
    expect(list.text).toBe('Tel: 08-123\nSkriv till a@b.se.')
    expect(list.labels.map(({ start, end }) => list.text.slice(start, end))).toEqual(['08-123', 'a@b.se'])
  })
})
