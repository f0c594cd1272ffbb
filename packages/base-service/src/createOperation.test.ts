import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import type { Progress } from './CallOptions.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { aSession, ProbeService } from './testing/ProbeService.ts'

const named = { service: 'ProbeService', operation: 'ask' }
const fail = (error: unknown) => async () => {
  throw error
}

describe('input and output', () => {
  it('refuses invalid input by the fault of the caller, in Swedish, before the handler is asked', async () => {
    const context = createTestContext()
    const ask = vi.fn(async () => 'x')
    const service = await ProbeService.started(context, { ask })
    await expect(service.ask(7 as unknown as string)).rejects.toMatchObject({
      code: 'service.invalid_input',
      fault: 'caller',
      message: expect.stringContaining('Ogiltiga uppgifter till ProbeService.ask: –: ska vara en text'),
    })
    expect(ask).not.toHaveBeenCalled()
    expect(context.observations).toMatchObject([{ outcome: 'refused', code: 'service.invalid_input' }])
  })

  it('withholds output that breaks the contract, by the fault of the service', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, { ask: async () => 4711 as unknown as string })
    const error = await service.ask('x').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'service.invalid_output', fault: 'service' })
    expect(JSON.stringify(error)).not.toContain('4711')
    expect(context.observations).toMatchObject([{ outcome: 'fault', code: 'service.invalid_output' }])
  })

  it('hands out a session as it is, and none that breaks the contract', async () => {
    const session = aSession()
    const service = await ProbeService.started(createTestContext(), {
      open: async (input) => (input === 'good' ? session : ('bad' as never)),
    })
    expect(await service.open('good')).toBe(session)
    await expect(service.open('bad')).rejects.toMatchObject({ code: 'service.invalid_output' })
  })
})

describe('failures', () => {
  it.each([
    ['refused', failures.create('missing', {})],
    ['fault', failures.create('broken', {})],
  ])('of the service are passed on as they are and recorded as %s', async (outcome, failure) => {
    const context = createTestContext()
    const service = await ProbeService.started(context, { ask: fail(failure) })
    await expect(service.ask('x')).rejects.toBe(failure)
    expect(context.observations).toMatchObject([{ outcome, code: failure.code, attempts: 1 }])
    expect(context.logger.lines).toEqual([])
  })

  it('of unknown kinds become service.unexpected, and are logged once, without their message', async () => {
    const context = createTestContext()
    const cause = new TypeError('account 4711 of somebody')
    const service = await ProbeService.started(context, { ask: fail(cause) })
    const error = await service.ask('x').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'service.unexpected', fault: 'service', params: named, cause })
    expect((error as Error).message).not.toContain('4711')
    expect(context.logger.lines).toMatchObject([{ level: 'error', fields: named }])
    expect(JSON.stringify(context.logger.lines)).toContain('createOperation.test.ts')
    expect(JSON.stringify(context.logger.lines)).not.toContain('4711')
    expect(context.observations).toMatchObject([{ outcome: 'fault', code: 'service.unexpected' }])
  })

  it('may be anything that can be thrown, at any moment', async () => {
    const service = await ProbeService.started(createTestContext(), {
      ask: () => {
        throw 'a text, and before any promise'
      },
    })
    await expect(service.ask('x')).rejects.toMatchObject({ code: 'service.unexpected' })
  })
})

describe('annotations', () => {
  it('tell a router what only the service knows, and leave the recording to it', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, {
      ask: async (_input, { attempt }) => {
        if (attempt === 1) throw failures.create('flaky', {})
        return 'x'
      },
      policy: { maxAttempts: 2, initialBackoffMs: 0, cache: { ttlMs: 1000, tags: [] } },
    })
    const annotations = [
      { attempts: 1, cacheHit: false },
      { attempts: 1, cacheHit: false },
    ]
    for (const given of annotations) await service.ask('a', { annotations: given })
    expect(annotations).toEqual([
      { attempts: 2, cacheHit: false },
      { attempts: 1, cacheHit: true },
    ])
    expect(context.observations).toEqual([])
  })
})

describe('progress', () => {
  const half: Progress = { phase: 'reading', done: 1, total: 2, unit: 'items' }

  it('goes to the caller while the call runs', async () => {
    const reports: Progress[] = []
    const service = await ProbeService.started(createTestContext(), {
      ask: async (_input, { reportProgress }) => {
        reportProgress(half)
        return `${reports.length}`
      },
    })
    expect(await service.ask('x', { onProgress: (progress) => reports.push(progress) })).toBe('1')
    expect(await service.ask('x')).toBe('1')
  })

  it('ends with the call, though what it has given up goes on', async () => {
    const clock = new ManualClock()
    const reports: Progress[] = []
    const gate = Promise.withResolvers<void>()
    const service = await ProbeService.started(createTestContext({ clock }), {
      async ask(_input, { reportProgress }) {
        reportProgress(half)
        await gate.promise
        reportProgress(half)
        return 'late'
      },
      policy: { timeoutMs: 5 },
    })
    const answer = service.ask('x', { onProgress: (progress) => reports.push(progress) })
    clock.advance(5)
    await expect(answer).rejects.toMatchObject({ code: 'service.timed_out' })
    gate.resolve()
    await service.stop()
    expect(reports).toEqual([half])
  })

  it('is no fault of the service when the listener throws', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, {
      ask: async (_input, { reportProgress }) => {
        reportProgress(half)
        return 'done'
      },
    })
    expect(await service.ask('x', { onProgress: () => expect.fail('a listener') })).toBe('done')
    expect(context.logger.lines).toMatchObject([{ level: 'warn' }])
    expect(context.observations).toMatchObject([{ outcome: 'ok' }])
  })
})
