import { parseEnvironment, parsePlan } from '@gradvis/feature-flags'
import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { SnapshotProvider } from './SnapshotProvider.ts'
import { FLAGS } from './testing/flags.ts'

const START = Date.parse('2025-01-02T00:00:00Z')

/** A clock whose wall can be set, as a time server does. */
class JumpingClock extends ManualClock {
  offsetMs = 0
  override now(): number {
    return super.now() + this.offsetMs
  }
}

function createProvider(startsAt: string) {
  const clock = new JumpingClock(startsAt)
  const logger = new RecordingLogger()
  const phase = (name: string, start: string, percentage: number) => ({ name, start, percentage, days: 1, gate: [] })
  const plan = parsePlan(
    {
      hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
      services: {
        GreetingService: {
          phases: [
            phase('first', '2025-01-02T00:00:00Z', 10),
            phase('second', '2025-01-04T00:00:00Z', 50),
            phase('third', '2025-01-06T00:00:00Z', 100),
          ],
        },
      },
    },
    FLAGS,
  )
  const provider = new SnapshotProvider({ plan, environment: parseEnvironment({}, FLAGS), flags: FLAGS }, clock, logger)
  return { provider, clock, logger, phase: () => provider.current.services['GreetingService']?.phase }
}

describe('phases', () => {
  it('begin exactly at their start, by a timer', () => {
    const { clock, phase } = createProvider('2025-01-01T23:59:59.999Z')
    expect(phase()).toBeUndefined()
    clock.advance(1)
    expect([clock.now(), phase()]).toEqual([START, 'first'])
  })

  it('are seen within a minute when the wall clock jumps over a start, and taken back when it jumps back', () => {
    const { clock, phase } = createProvider('2025-01-02T00:00:00Z')
    clock.offsetMs = 3 * 86_400_000
    clock.advance(60_000)
    expect(phase()).toBe('second')
    clock.offsetMs = 0
    clock.advance(60_000)
    expect(phase()).toBe('first')
  })
})

describe('a change that cannot be made', () => {
  it('changes nothing: not now, and not at the next phase', () => {
    const { provider, clock, phase } = createProvider('2025-01-02T00:00:00Z')
    expect(() => provider.override('OtherService', 'legacy')).toThrow(/OtherService/)
    expect(() => provider.update({ state: { services: { OtherService: {} } } })).toThrow(/OtherService/)
    clock.advance(2 * 86_400_000)
    expect(phase()).toBe('second')
  })
})

describe('listeners', () => {
  it('run all, whatever one of them throws', () => {
    const { provider, logger } = createProvider('2025-01-02T00:00:00Z')
    let heard = 0
    provider.onChange(() => {
      throw undefined
    })
    provider.onChange(() => void (heard += 1))
    provider.update({})
    expect(heard).toBe(1)
    expect(logger.lines.map(({ message }) => message)).toEqual(['snapshot listener failed'])
  })
})

describe('stop', () => {
  it('leaves no timer, also when an override is undone afterwards', () => {
    const { provider, clock } = createProvider('2025-01-02T00:00:00Z')
    const undo = provider.override('GreetingService', 'legacy')
    provider.stop()
    undo()
    expect(clock.pendingTimers).toBe(0)
  })
})
