import { describe, expect, it } from 'vitest'

import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { ProbeService } from './testing/ProbeService.ts'

const full = new Error('the disk is full')
const defect = new TypeError('nobody foresaw this')
const translate = (error: unknown) => (error === full ? failures.create('flaky', {}, { cause: error }) : undefined)
const failing = (error: unknown) => async () => {
  throw error
}

describe('the translation of a service', () => {
  it('is what its operations fail with, also to who observes them, and keeps the cause', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, { ask: failing(full), translate })
    await expect(service.ask('x')).rejects.toMatchObject({ code: 'probe.flaky', cause: full })
    expect(context.observations).toMatchObject([{ outcome: 'fault', code: 'probe.flaky' }])
    expect(context.logger.lines).toEqual([])
  })

  it('is applied to each attempt before it is judged', async () => {
    const ask = async (_input: string, { attempt }: { attempt: number }) => {
      if (attempt < 3) throw full
      return `attempt ${attempt}`
    }
    const policy = { maxAttempts: 3, initialBackoffMs: 0 }
    expect(await (await ProbeService.started(createTestContext(), { ask, policy, translate })).ask('x')).toBe(
      'attempt 3',
    )
  })

  it('is what a start fails with, without a line in the log', async () => {
    const context = createTestContext()
    const service = new ProbeService(context, { start: failing(full), translate })
    await expect(service.start()).rejects.toMatchObject({ code: 'probe.flaky', cause: full })
    expect(context.logger.lines).toEqual([])
  })

  it('leaves ServiceErrors and cancellations alone, and what it does not know is unexpected', async () => {
    const known = failures.create('missing', {})
    const caller = new AbortController()
    const service = await ProbeService.started(createTestContext(), {
      ask: failing(known),
      put: failing(defect),
      post: async () => {
        caller.abort()
        throw full
      },
      translate,
    })
    await expect(service.ask('x')).rejects.toBe(known)
    await expect(service.put('x')).rejects.toMatchObject({ code: 'service.unexpected', cause: defect })
    await expect(service.post('x', { signal: caller.signal })).rejects.toMatchObject({ code: 'service.cancelled' })
  })

  it('counts as not knowing when it fails itself, which is logged', async () => {
    const context = createTestContext()
    const broken = () => {
      throw new TypeError('of the translation')
    }
    const service = await ProbeService.started(context, { post: failing(full), translate: broken })
    await expect(service.post('x')).rejects.toMatchObject({ code: 'service.unexpected', cause: full })
    expect(context.logger.lines).toMatchObject([
      { level: 'error', message: 'a failure could not be translated' },
      { level: 'error', message: 'operation failed unexpectedly' },
    ])
  })
})
