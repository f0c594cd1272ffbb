import { describe, expect, it } from 'vitest'

import { createCorpus } from './createCorpus.ts'
import { MEASURED_KINDS } from './itemSentences.ts'

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
    for (const { text, labels } of corpus)
      for (const { kind, start, end } of labels) {
        const item = text.slice(start, end)
        expect(item).toBe(item.trim())
        if (kind === 'email') expect(item).toMatch(/^[^\s@]+@[^\s@]+$/)
        if (kind === 'samordningsnummer') expect(Number(item.replace(/\D/g, '').slice(-6, -4))).toBeGreaterThan(60)
        if (kind === 'bankgiro') expect(item).toMatch(/^\d{3,4}-?\d{4}$/)
      }
  })
})
