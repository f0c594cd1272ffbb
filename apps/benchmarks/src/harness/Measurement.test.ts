import { describe, expect, it } from 'vitest'

import { Measurement } from './Measurement.ts'

const measured = new Measurement(
  new Map([
    ['slow', [100, 200, 900]],
    ['fast', [10, 40, 30]],
  ]),
)

describe('a comparison', () => {
  it('is made within each round before the median is taken', () => {
    expect(measured.ratio('slow', 'fast')).toBe(10)
    expect(measured.medianNs('slow') / measured.medianNs('fast')).not.toBe(10)
    expect(measured.differenceNs('slow', 'fast')).toBe(160)
  })

  it('names both sides', () => {
    expect(measured.ratios(['slow'], 'fast')).toEqual([{ name: 'slow / fast', value: 10 }])
  })

  it('with a case that was not measured is an error', () => {
    expect(() => measured.ratio('slow', 'absent')).toThrow('No case is called "absent"')
  })
})

describe('a row', () => {
  it('holds the median and the quartiles', () => {
    expect(measured.rows()[0]).toEqual({
      name: 'slow',
      unit: 'ns',
      median: 200,
      lowerQuartile: 150,
      upperQuartile: 550,
    })
  })
})
