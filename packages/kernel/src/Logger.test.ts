import { describe, expect, it } from 'vitest'

import { LOG_LEVELS, silentLogger } from './Logger.ts'

describe('silentLogger', () => {
  it('takes every line of every level, its children too', () => {
    for (const level of LOG_LEVELS)
      expect([silentLogger[level]('x'), silentLogger.child({ a: 1 })[level]('x', { b: 2 })]).toEqual([
        undefined,
        undefined,
      ])
  })
})
