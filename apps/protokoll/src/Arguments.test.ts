import { describe, expect, it } from 'vitest'

import { parseArguments } from './Arguments.ts'
import { createTexts } from './texts/createTexts.ts'

describe('parseArguments', () => {
  it('has defaults that demonstrate three phases on 200 subjects', () => {
    expect(parseArguments([])).toEqual({
      once: false,
      json: false,
      help: false,
      now: Date.parse('2025-01-16T00:00:00Z'),
      subjects: 200,
      port: 4310,
      faults: [],
    })
  })

  it('stands on the system’s clock where the engine runs, unless told otherwise', () => {
    expect(parseArguments(['--store', 'rollout.db']).now).toBeUndefined()
    expect(parseArguments(['--store', 'rollout.db', '--now', '2025-01-10T08:00:00Z']).now).toBe(1_736_496_000_000)
    expect(parseArguments(['--accelerate', '8640'])).toMatchObject({ accelerate: 8640, subjects: 400 })
  })

  it('reads faults, as many as there are', () => {
    const args = [
      '--accelerate',
      '8640',
      '--fault',
      'BackupService:errors=0.05@50%',
      '--fault',
      'WebRTCPeerService:gdpr',
    ]
    expect(parseArguments(args).faults).toMatchObject([
      { service: 'BackupService', kind: 'errors', value: 0.05, from: 50 },
      { service: 'WebRTCPeerService', kind: 'gdpr' },
    ])
  })

  it('refuses a fault that is none, in the words of the rollout', () => {
    expect(() => parseArguments(['--accelerate', '8640', '--fault', 'nonsense'])).toThrow(/nonsense/)
  })

  it.each([
    [['--now', 'yesterday'], /--now: must be a UTC instant/],
    [['--now', '2025-13-01T00:00:00Z'], /--now/],
    [['--subjects', '-1'], /subjects/],
    [['--subjects', '1'], /subjects: must be an even number/],
    [['--subjects', '3'], /subjects: must be an even number/],
    [['--port', '70000'], /port/],
    [['--onse'], /onse/],
    [['--accelerate', 'fast'], /accelerate: must be a factor/],
    [['--accelerate', '0.5'], /accelerate: must be a factor from 1/],
    [['--accelerate', '10', '--now', '2025-01-16T00:00:00Z'], /--now: does not go together/],
    [['--fault', 'BackupService:errors@50%'], /--fault: only goes together with --accelerate/],
    [['--accelerate', '10', '--fault', 'BakupService:errors'], /BakupService is none of BackupService/],
    [['--accelerate', '10', '--fault', 'BackupService:memory'], /memory cannot be made to happen here/],
    [['extra'], /extra/],
  ])('refuses %j and says why', (args, message) => {
    const refused: unknown = [args].map((given) => {
      try {
        return parseArguments(given)
      } catch (error) {
        return error
      }
    })[0]
    expect(refused).toMatchObject({ code: 'start.invalid_arguments', fault: 'caller' })
    expect(createTexts('en').describeError(refused)).toMatch(message)
  })
})
