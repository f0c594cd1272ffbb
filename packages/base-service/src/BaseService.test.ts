import { setImmediate as everythingDue } from 'node:timers/promises'

import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { BaseService } from './BaseService.ts'
import { defineContract, type ServiceOf } from './contract/Contract.ts'
import { noInput } from './contract/noInput.ts'
import { read, type Session, write } from './contract/Operation.ts'
import type { ServiceContext } from './ServiceContext.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { aSession, ProbeService, untilAborted } from './testing/ProbeService.ts'

const notes = defineContract('NoteService', {
  add: write({ summary: 'Adds a note.', input: z.strictObject({ text: z.string().min(1) }), output: z.number() }),
  list: read({ summary: 'Lists the notes.', input: noInput, output: z.array(z.string()) }),
})

class Notes extends BaseService<typeof notes> implements ServiceOf<typeof notes> {
  readonly #notes: string[] = []

  constructor(context: ServiceContext) {
    super(notes, context)
  }

  readonly add = this.operation('add', async ({ text }) => {
    const count = this.#notes.push(text)
    this.cache.invalidate('notes')
    return count
  })
  readonly list = this.operation('list', async () => [...this.#notes], { cache: { ttlMs: 1000, tags: ['notes'] } })
}

/** A call that runs until its gate is opened, and that heeds no signal. */
async function heldCall(context: ServiceContext) {
  const gate = Promise.withResolvers<string>()
  const began = Promise.withResolvers<void>()
  const service = await ProbeService.started(context, {
    ask: () => {
      began.resolve()
      return gate.promise
    },
  })
  const answer = service.ask('x')
  answer.catch(() => {})
  await began.promise
  return { service, gate, answer }
}

describe('a service', () => {
  it('serves, caches and invalidates', async () => {
    const context = createTestContext()
    const service = new Notes(context)
    await service.start()
    await service.add({ text: 'a' })
    expect(await service.list()).toEqual(['a'])
    expect(await service.list()).toEqual(['a'])
    expect(service.reportBytes()).toBeGreaterThan(0)
    await service.add({ text: 'b' })
    expect(await service.list()).toEqual(['a', 'b'])
    expect(context.observations.map(({ operation, outcome, cacheHit }) => [operation, outcome, cacheHit])).toEqual([
      ['add', 'ok', false],
      ['list', 'ok', false],
      ['list', 'ok', true],
      ['add', 'ok', false],
      ['list', 'ok', false],
    ])
    await service.stop()
    expect(service.reportBytes()).toBe(0)
  })

  it('caches no answers of writes: the compiler refuses it', () => {
    class Wrong extends BaseService<typeof notes> {
      // @ts-expect-error: only reads have a cache policy
      readonly add = this.operation('add', async () => 1, { cache: { ttlMs: 1, tags: [] } })
    }
    expect(new Wrong(notes, createTestContext()).add).toBeTypeOf('function')
  })

  it('names itself in everything that it logs', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, {
      ask: async (_input, { logger }) => {
        logger.info('asked')
        return 'x'
      },
    })
    await service.ask('x')
    expect(context.logger.lines).toEqual([
      { level: 'info', message: 'asked', fields: { service: 'ProbeService', operation: 'ask' } },
    ])
  })
})

describe('calls outside its life', () => {
  it('are refused before the start, while it starts and stops, and after', async () => {
    const gate = Promise.withResolvers<void>()
    const service = new ProbeService(createTestContext(), { start: () => gate.promise })
    const refusal = async () => {
      const error = await service.ask('x').catch((thrown: unknown) => thrown as Error)
      return typeof error === 'string' ? error : error.message
    }
    expect(await refusal()).toContain('ProbeService är inte igång (läge: inte startad)')
    const starting = service.start()
    expect(await refusal()).toContain('(läge: startar)')
    gate.resolve()
    await starting
    expect(await refusal()).toBe('x')
    const stopping = service.stop()
    expect(await refusal()).toContain('(läge: stängs av)')
    await stopping
    expect(await refusal()).toContain('(läge: stoppad)')
  })

  it('count as faults of the service that may be tried again', async () => {
    const context = createTestContext()
    await expect(new ProbeService(context).ask('x')).rejects.toMatchObject({ retryable: true, fault: 'service' })
    expect(context.observations).toMatchObject([{ outcome: 'fault', code: 'service.not_running' }])
  })
})

describe('stop', () => {
  it('waits for the calls in flight and then releases', async () => {
    const order: string[] = []
    const gate = Promise.withResolvers<string>()
    const service = await ProbeService.started(createTestContext(), {
      ask: () => gate.promise,
      stop: async () => void order.push('released'),
    })
    const answer = service.ask('x').then(() => order.push('answered'))
    const stopping = service.stop().then(() => order.push('stopped'))
    gate.resolve('late')
    await Promise.all([answer, stopping])
    expect(order).toEqual(['answered', 'released', 'stopped'])
  })

  it('waits for a call that is between two attempts', async () => {
    const clock = new ManualClock()
    const service = await ProbeService.started(createTestContext({ clock }), {
      ask: async (_input, { attempt }) => {
        if (attempt === 1) throw failures.create('flaky', {})
        return 'second attempt'
      },
      policy: { maxAttempts: 2, initialBackoffMs: 1000 },
    })
    const answer = service.ask('x')
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1))
    const stopping = service.stop()
    await everythingDue()
    expect(service.state).toBe('draining')
    clock.advance(1000)
    expect(await answer).toBe('second attempt')
    await stopping
  })

  it('gives up after 30 seconds and aborts what heeds its signal', async () => {
    const clock = new ManualClock()
    const context = createTestContext({ clock })
    const service = await ProbeService.started(context, { ask: (_input, { signal }) => untilAborted(signal) })
    const answer = service.ask('x')
    answer.catch(() => {})
    const stopping = service.stop()
    clock.advance(29_999)
    expect(service.state).toBe('draining')
    clock.advance(1)
    await expect(answer).rejects.toMatchObject({ code: 'service.not_running' })
    await stopping
    expect([service.state, clock.pendingTimers, context.logger.lines]).toEqual(['stopped', 0, []])
  })

  it('leaves behind what heeds no signal, and says so', async () => {
    const clock = new ManualClock()
    const context = createTestContext({ clock })
    const { service, gate, answer } = await heldCall(context)
    const stopping = service.stop()
    clock.advance(30_000)
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1))
    clock.advance(5_000)
    await stopping
    expect(service.state).toBe('stopped')
    expect(context.logger.lines).toMatchObject([{ level: 'warn' }])
    gate.resolve('at last')
    expect(await answer).toBe('at last')
  })

  it('waits for a handler that its call no longer waits for', async () => {
    const gate = Promise.withResolvers<string>()
    const order: string[] = []
    const service = await ProbeService.started(createTestContext(), {
      ask: () => gate.promise.finally(() => order.push('handler ended')),
      policy: { timeoutMs: 1 },
    })
    await expect(service.ask('x')).rejects.toMatchObject({ code: 'service.timed_out' })
    const stopping = service.stop().then(() => order.push('stopped'))
    await everythingDue()
    gate.resolve('too late')
    await stopping
    expect(order).toEqual(['handler ended', 'stopped'])
  })

  it('closes the sessions that are still open, before it releases', async () => {
    const sessions = [aSession(), aSession()]
    const closes = () => sessions.map((session) => session.closes)
    const opened = [...sessions]
    let atRelease: number[] = []
    const service = await ProbeService.started(createTestContext(), {
      open: async () => opened.shift() as Session,
      stop: async () => {
        atRelease = closes()
      },
    })
    const first = await service.open('a')
    await service.open('b')
    await first.close()
    await service.stop()
    expect([atRelease, closes()]).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  it('closes a session that was opened while it was stopping', async () => {
    const session = aSession()
    const gate = Promise.withResolvers<Session>()
    const service = await ProbeService.started(createTestContext(), { open: () => gate.promise })
    const opening = service.open('a')
    const stopping = service.stop()
    gate.resolve(session)
    expect(await opening).toBe(session)
    await stopping
    expect(session.closes).toBe(1)
  })

  it('goes on when a session will not close, and says so', async () => {
    const context = createTestContext()
    const stuck = { ...aSession(), close: () => Promise.reject(new Error('account 4711')) }
    const stop = vi.fn(async () => {})
    const service = await ProbeService.started(context, { open: async () => stuck, stop })
    await service.open('a')
    await service.stop()
    expect(stop).toHaveBeenCalledTimes(1)
    expect(context.logger.lines).toMatchObject([{ level: 'warn', fields: { service: 'ProbeService' } }])
    expect(JSON.stringify(context.logger.lines)).not.toContain('4711')
  })
})
