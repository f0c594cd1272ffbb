import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { Lifecycle } from './ServiceContext.ts'
import { serviceErrors } from './serviceErrors.ts'
import { defineProbe, type ProbeScratch } from './ServiceProbe.ts'
import { createTestContext } from './testing/index.ts'

const never = new AbortController().signal
const hangs = () => new Promise<never>(() => {})

function aProbe(work: (scratch: ProbeScratch) => Promise<unknown>, clock = new ManualClock()) {
  const probe = defineProbe('a-probe', createTestContext({ clock }), async (scratch) => {
    await work(scratch)
    return { connections: 3 }
  })
  return { probe, clock }
}

/** An instance that notes what becomes of it. */
function anInstance(overrides: Partial<Lifecycle> = {}) {
  const calls: string[] = []
  const instance: Lifecycle = {
    start: async () => void calls.push('start'),
    stop: async () => void calls.push('stop'),
    reportBytes: () => 0,
    ...overrides,
  }
  return { calls, instance }
}

describe('the verdict of a probe', () => {
  it('is passed when every case was shown, with numbers', async () => {
    const { probe } = aProbe(async (scratch) => {
      await scratch.check('one', async () => true)
      await scratch.check('two', async () => true)
    })
    const expected = { connections: 3, cases: 2, passed: 2, slowestMs: 0, durationMs: 0 }
    expect(await probe.run(never)).toEqual({ passed: true, evidence: expected })
  })

  it('is failed when a case is false or throws, and names it; the other cases still run', async () => {
    const { probe } = aProbe(async (scratch) => {
      await scratch.check('one', async () => false)
      await scratch.check('two', () => Promise.reject(new TypeError('account 4711')))
      await scratch.check('three', async () => {
        throw serviceErrors.create('unexpected', { service: 'S', operation: 'o' })
      })
      await scratch.check('four', async () => true)
    })
    const { passed, evidence } = await probe.run(never)
    expect(passed).toBe(false)
    expect(evidence).toMatchObject({ cases: 4, passed: 1, failed: 'one, two (TypeError), three (service.unexpected)' })
    expect(JSON.stringify(evidence)).not.toContain('4711')
  })

  it('says what was at fault where a case lists it', async () => {
    const { probe } = aProbe(async (scratch) => {
      await scratch.check('one', async () => [])
      await scratch.check('two', async () => ['too late', 'out of order'])
    })
    const expected = { cases: 2, passed: 1, failed: 'two (too late; out of order)' }
    expect(await probe.run(never)).toMatchObject({ passed: false, evidence: expected })
  })

  it('is failed when nothing was shown at all', async () => {
    expect(await aProbe(async () => {}).probe.run(never)).toMatchObject({ passed: false, evidence: { cases: 0 } })
  })

  it('is failed when the preparation breaks', async () => {
    const { instance } = anInstance({ start: () => Promise.reject(new RangeError('x')) })
    const { probe } = aProbe((scratch) => scratch.start(instance))
    expect(await probe.run(never)).toMatchObject({ passed: false, evidence: { failed: 'preparation (RangeError)' } })
  })
})

describe('what a probe leaves behind', () => {
  it('is nothing: the instance is stopped also when a case fails', async () => {
    const { calls, instance } = anInstance()
    const { probe, clock } = aProbe(async (scratch) => {
      await scratch.start(instance)
      await scratch.check('one', async () => false)
    })
    await probe.run(never)
    expect([calls, clock.pendingTimers]).toEqual([['start', 'stop'], 0])
  })

  const leaving = (stop: () => Promise<void>) =>
    aProbe(async (scratch) => {
      await scratch.start(anInstance({ stop }).instance)
      await scratch.check('one', async () => true)
    })

  it('counts against it when it does not close', async () => {
    const { probe } = leaving(() => Promise.reject(new Error('x')))
    expect(await probe.run(never)).toMatchObject({ passed: false, evidence: { failed: 'clean-up (Error)' } })
  })

  it('counts against it when it does not close in time', async () => {
    const { probe, clock } = leaving(hangs)
    const result = probe.run(never)
    await expect.poll(() => clock.pendingTimers).toBe(2)
    clock.advance(2_000)
    expect(await result).toMatchObject({ passed: false, evidence: { passed: 1, failed: 'clean-up' } })
  })

  it('is neither an observation nor a log line of the service', async () => {
    const context = createTestContext({ implementation: 'legacy' })
    const probe = defineProbe('a-probe', context, async (scratch) => {
      expect(scratch.context.implementation).toBe('migrated')
      scratch.context.logger.error('broken on purpose')
      scratch.context.observer.record({} as never)
      return {}
    })
    await probe.run(never)
    expect([context.logger.lines, context.observations]).toEqual([[], []])
  })
})

describe('the time of a probe', () => {
  it('ends at once when its signal aborts, also when a case never ends, and everything is closed', async () => {
    const { calls, instance } = anInstance()
    const aborter = new AbortController()
    const reached = Promise.withResolvers<void>()
    const { probe, clock } = aProbe(async (scratch) => {
      await scratch.start(instance)
      await scratch.check('one', () => {
        reached.resolve()
        return hangs()
      })
    })
    const result = probe.run(aborter.signal)
    await reached.promise
    aborter.abort(new Error('not now'))
    await expect(result).rejects.toThrow('not now')
    expect([calls, clock.pendingTimers]).toEqual([['start', 'stop'], 0])
  })

  it('does not begin when the signal has aborted', async () => {
    const { calls, instance } = anInstance()
    const { probe } = aProbe((scratch) => scratch.start(instance))
    await expect(probe.run(AbortSignal.abort(new Error('not now')))).rejects.toThrow('not now')
    expect(calls).toEqual([])
  })

  it('is limited: what is not shown in ten seconds has failed', async () => {
    const reached = Promise.withResolvers<void>()
    const { probe, clock } = aProbe(async (scratch) => {
      await scratch.check('one', () => {
        reached.resolve()
        return hangs()
      })
      await scratch.check('two', async () => true)
    })
    const result = probe.run(never)
    await reached.promise
    clock.advance(10_000)
    expect(await result).toMatchObject({
      passed: false,
      evidence: { cases: 1, failed: 'one (TimeoutError)', slowestMs: 10_000 },
    })
  })
})
