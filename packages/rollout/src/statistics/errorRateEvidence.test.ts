import { describe, expect, it } from 'vitest'

import { errorRateEvidence } from './errorRateEvidence.ts'

describe('errorRateEvidence', () => {
  it('is nothing without operations', () => {
    expect(errorRateEvidence({ operations: 0, faults: 0, threshold: 0.01 })).toBeCloseTo(0, 12)
  })

  it('is an e-value: its expectation at the threshold is 1', () => {
    const [operations, threshold] = [20, 0.1]
    let [expectation, probability] = [0, (1 - threshold) ** operations]
    for (let faults = 0; faults <= operations; faults++) {
      expectation += probability * Math.exp(errorRateEvidence({ operations, faults, threshold }))
      probability *= ((operations - faults) / (faults + 1)) * (threshold / (1 - threshold))
    }
    expect(expectation).toBeCloseTo(1, 9)
  })

  it('rises with every fault and falls with every success', () => {
    const at = (operations: number, faults: number) => errorRateEvidence({ operations, faults, threshold: 0.01 })
    expect(at(101, 3)).toBeGreaterThan(at(100, 2))
    expect(at(101, 2)).toBeLessThan(at(100, 2))
  })

  it('stays finite where likelihoods leave the range of doubles', () => {
    expect(errorRateEvidence({ operations: 1e9, faults: 0, threshold: 0.5 })).toBeLessThan(-1e8)
    expect(errorRateEvidence({ operations: 1e9, faults: 1e9, threshold: 0.001 })).toBeGreaterThan(1e9)
  })
})
