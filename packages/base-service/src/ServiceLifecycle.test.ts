import { getEventListeners } from 'node:events'

import { RecordingLogger } from '@gradvis/kernel/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { LIFECYCLE_STATES, type LifecycleState } from './LifecycleState.ts'
import { type LifecycleOptions, ServiceLifecycle } from './ServiceLifecycle.ts'
import { failures } from './testing/failures.ts'
import { untilAborted } from './testing/ProbeService.ts'

/** A lifecycle that writes down what is done to it. */
function aLifecycle(hooks: Partial<LifecycleOptions> = {}) {
  const done: string[] = []
  const logger = new RecordingLogger()
  const noted =
    (name: string, hook?: (...given: never[]) => Promise<void>) =>
    async (...given: never[]) => {
      done.push(name)
      await hook?.(...given)
    }
  const lifecycle = new ServiceLifecycle({
    service: 'NoteService',
    logger,
    translate: () => undefined,
    onStart: noted('start', hooks.onStart),
    drain: noted('drain', hooks.drain),
    onStop: noted('stop', hooks.onStop),
  })
  return { lifecycle, done, logger }
}

const fail = (error: Error) => async () => {
  throw error
}

describe('start', () => {
  it('starts once, however often it is asked to', async () => {
    const { lifecycle, done } = aLifecycle()
    await Promise.all([lifecycle.start(), lifecycle.start()])
    await lifecycle.start()
    expect([done, lifecycle.state]).toEqual([['start'], 'running'])
  })

  it('releases what it had opened when it fails, and stays failed', async () => {
    const { lifecycle, done } = aLifecycle({ onStart: fail(failures.create('flaky', {})) })
    await expect(lifecycle.start()).rejects.toMatchObject({ code: 'probe.flaky' })
    await expect(lifecycle.start()).rejects.toMatchObject({ code: 'probe.flaky' })
    await lifecycle.stop()
    expect([done, lifecycle.state]).toEqual([['start', 'stop'], 'failed'])
    expect(lifecycle.signal.aborted).toBe(true)
  })

  it('makes a ServiceError of any failure and logs it without its message', async () => {
    const { lifecycle, logger } = aLifecycle({ onStart: fail(new TypeError('account 4711')) })
    await expect(lifecycle.start()).rejects.toMatchObject({
      code: 'service.unexpected',
      params: { service: 'NoteService', operation: 'start' },
    })
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { operation: 'start' } }])
    expect(JSON.stringify(logger.lines)).not.toContain('4711')
  })

  it('tells why it failed also when the release fails too', async () => {
    const { lifecycle, logger } = aLifecycle({
      onStart: fail(failures.create('flaky', {})),
      onStop: fail(new Error('stuck')),
    })
    await expect(lifecycle.start()).rejects.toMatchObject({ code: 'probe.flaky' })
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { operation: 'stop' } }])
  })

  it('is cancelled by its signal, before it begins', async () => {
    const { lifecycle, done } = aLifecycle()
    await expect(lifecycle.start(AbortSignal.abort())).rejects.toMatchObject({ code: 'service.cancelled' })
    expect([done, lifecycle.state]).toEqual([['stop'], 'failed'])
  })

  it.each([
    ['heeds its signal', (signal: AbortSignal) => untilAborted(signal)],
    ['does not notice', async () => {}],
  ])('is cancelled while it runs and %s', async (_how, onStart) => {
    const aborter = new AbortController()
    const { lifecycle, done } = aLifecycle({ onStart })
    const starting = lifecycle.start(aborter.signal)
    aborter.abort()
    await expect(starting).rejects.toMatchObject({ code: 'service.cancelled' })
    expect([done, lifecycle.state]).toEqual([['start', 'stop'], 'failed'])
  })

  it('lets go of its signal, which does not stop a running service', async () => {
    const aborter = new AbortController()
    const { lifecycle } = aLifecycle()
    await lifecycle.start(aborter.signal)
    expect(getEventListeners(aborter.signal, 'abort')).toHaveLength(0)
    aborter.abort()
    expect([lifecycle.state, lifecycle.signal.aborted]).toEqual(['running', false])
  })
})

describe('stop', () => {
  it('drains, aborts what is left and releases, once, however often it is asked to', async () => {
    const { lifecycle, done } = aLifecycle()
    await lifecycle.start()
    await Promise.all([lifecycle.stop(), lifecycle.stop()])
    await lifecycle.stop()
    expect(done).toEqual(['start', 'drain', 'stop'])
    expect([lifecycle.state, lifecycle.signal.aborted]).toEqual(['stopped', true])
  })

  it('drains from the moment it is asked to', async () => {
    const { lifecycle } = aLifecycle()
    await lifecycle.start()
    const stopping = lifecycle.stop()
    expect(lifecycle.state).toBe('draining')
    await stopping
  })

  it('interrupts a start that is under way', async () => {
    const { lifecycle, done } = aLifecycle({ onStart: untilAborted })
    const starting = lifecycle.start()
    await Promise.all([lifecycle.stop(), expect(starting).rejects.toMatchObject({ code: 'service.not_running' })])
    expect([done, lifecycle.state]).toEqual([['start', 'stop'], 'failed'])
  })

  it('leaves nothing running of a start that did not notice', async () => {
    const { lifecycle, done } = aLifecycle()
    const starting = lifecycle.start()
    await lifecycle.stop()
    await expect(starting).rejects.toMatchObject({ code: 'service.not_running' })
    expect([done, lifecycle.state]).toEqual([['start', 'stop'], 'failed'])
  })

  it('does nothing to what was never started, which then does not start any more', async () => {
    const { lifecycle, done } = aLifecycle()
    const stopping = lifecycle.stop()
    await expect(lifecycle.start()).rejects.toMatchObject({
      code: 'service.not_running',
      message: expect.stringContaining('(läge: stoppad)'),
    })
    await stopping
    expect([done, lifecycle.state]).toEqual([[], 'stopped'])
  })

  it('is stopped also when the release fails, and tells of it', async () => {
    const { lifecycle, logger } = aLifecycle({ onStop: fail(new Error('stuck')) })
    await lifecycle.start()
    await expect(lifecycle.stop()).rejects.toMatchObject({
      code: 'service.unexpected',
      params: { operation: 'stop' },
    })
    expect([lifecycle.state, logger.lines.length]).toEqual(['stopped', 1])
  })
})

describe('stop, of a start that has failed', () => {
  it('ends when what the start had opened is released', async () => {
    const released = Promise.withResolvers<void>()
    const onStart = fail(new Error('x'))
    const { lifecycle, done } = aLifecycle({ onStart, onStop: () => released.promise })
    const start = lifecycle.start()
    await expect.poll(() => done).toContain('stop')
    const stop = lifecycle.stop().then(() => done.push('stopped'))
    await new Promise(setImmediate)
    expect([lifecycle.state, done]).toEqual(['failed', ['start', 'stop']])
    released.resolve()
    await stop
    await expect(start).rejects.toMatchObject({ code: 'service.unexpected' })
    expect(done).toEqual(['start', 'stop', 'stopped'])
  })
})

describe('a lifecycle', () => {
  it('starts and releases at most once and never goes backwards, whatever the order of the calls', async () => {
    const step = fc.constantFrom('start', 'stop', 'wait')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.boolean(), async (steps, failing) => {
        const { lifecycle, done } = aLifecycle(failing ? { onStart: fail(new Error('x')) } : {})
        const seen: LifecycleState[] = [lifecycle.state]
        const calls: Promise<unknown>[] = []
        for (const next of [...steps, 'stop', 'wait'] as const) {
          if (next === 'wait') await Promise.allSettled(calls)
          else calls.push(lifecycle[next]().catch(() => {}))
          seen.push(lifecycle.state)
        }
        const ranks = seen.map((state) => LIFECYCLE_STATES.indexOf(state))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
        expect(['stopped', 'failed']).toContain(lifecycle.state)
        expect(done.filter((name) => name === 'start').length).toBeLessThanOrEqual(1)
        expect(done.filter((name) => name === 'stop')).toHaveLength(done.filter((name) => name === 'start').length)
      }),
    )
  })
})
