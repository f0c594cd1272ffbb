import { describe, expect, it } from 'vitest'

import { createCorpus } from './createCorpus.ts'
import { MEASURED_KINDS, type MeasuredKind } from './itemSentences.ts'

const options = { itemsPerKind: 40, seed: 7 }

describe('createCorpus', () => {
  const corpus = createCorpus(options)

  it('holds as many items of every kind as were asked for', () => {
    for (const kind of MEASURED_KINDS) {
      const labels = corpus.flatMap((paragraph) => paragraph.labels.filter((label) => label.kind === kind))
      expect(labels, kind).toHaveLength(options.itemsPerKind)
    }
  })

  it('is the same for the same seed and another for another', () => {
    expect(createCorpus(options)).toEqual(corpus)
    expect(createCorpus({ ...options, seed: 8 })).not.toEqual(corpus)
  })

  it('labels exactly the item, without what stands around it', () => {
    const items = corpus.flatMap(({ text, labels }) =>
      labels.map(({ kind, start, end }) => ({ kind, item: text.slice(start, end) })),
    )
    const of = (wanted: MeasuredKind) => items.filter(({ kind }) => kind === wanted).map(({ item }) => item)
    for (const { item } of items) expect(item).toBe(item.trim())
    for (const item of of('email')) expect(item).toMatch(/^[^\s@]+@[^\s@]+$/)
    for (const item of of('bankgiro')) expect(item).toMatch(/^\d{3,4}( - |-|–)?\d{4}$/)
    for (const item of of('samordningsnummer')) {
      const day = Number(item.replace(/\D/g, '').slice(-6, -4))
      expect(day).toBeGreaterThan(60)
    }
  })
})
