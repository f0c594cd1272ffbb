import { describe, expect, it } from 'vitest'

import { parseArguments, UsageError } from './Arguments.ts'

describe('parseArguments', () => {
  it('has defaults that demonstrate three phases on 200 subjects', () => {
    expect(parseArguments([])).toEqual({
      once: false,
      json: false,
      help: false,
      now: Date.parse('2025-01-16T00:00:00Z'),
      subjects: 200,
      port: 4310,
    })
  })

  it.each([
    [['--now', 'yesterday'], /--now: a UTC instant/],
    [['--now', '2025-13-01T00:00:00Z'], /--now/],
    [['--subjects', '-1'], /subjects/],
    [['--subjects', '1'], /subjects: an even number/],
    [['--subjects', '3'], /subjects: an even number/],
    [['--port', '70000'], /port/],
    [['--onse'], /onse/],
    [['extra'], /extra/],
  ])('refuses %j and says why', (args, message) => {
    expect(() => parseArguments(args)).toThrow(UsageError)
    expect(() => parseArguments(args)).toThrow(message)
  })
})
