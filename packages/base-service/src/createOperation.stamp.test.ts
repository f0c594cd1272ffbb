import { getEventListeners } from 'node:events'

import { describe, expect, it, vi } from 'vitest'

import { createTestContext } from './testing/createTestContext.ts'
import { ProbeService } from './testing/ProbeService.ts'

async function stamped(stamp: () => Promise<string | undefined>, coalesce = false) {
  const context = createTestContext()
  const ask = vi.fn(async () => `answer ${ask.mock.calls.length}`)
  const policy = { coalesce, cache: { ttlMs: 60_000, tags: [], stamp } }
  const service = await ProbeService.started(context, { ask, policy })
  return { service, ask, context }
}

describe('a cache whose source others change too', () => {
  it.each([false, true])(
    'answers under the stamp that the answer was made under (coalescing: %s)',
    async (coalesce) => {
      let current = 'one'
      const { service, context } = await stamped(async () => current, coalesce)
      const answers = [await service.ask('x'), await service.ask('x')]
      current = 'two'
      answers.push(await service.ask('x'))
      current = 'one'
      answers.push(await service.ask('x'))
      expect(answers).toEqual(['answer 1', 'answer 1', 'answer 2', 'answer 1'])
      expect(context.observations.map(({ cacheHit }) => cacheHit)).toEqual([false, true, false, true])
    },
  )

  it('takes the stamp before the answer is made, so that a change meanwhile is seen by the next call', async () => {
    let current = 'before'
    const { service, ask } = await stamped(async () => current)
    ask.mockImplementationOnce(async () => {
      current = 'after'
      return 'half old'
    })
    expect([await service.ask('x'), await service.ask('x')]).toEqual(['half old', 'answer 2'])
  })

  it.each([
    ['is none', async () => undefined],
    ['cannot be taken', async () => Promise.reject(new Error('away'))],
  ])('asks the handler each time where the stamp %s', async (_why, stamp) => {
    const { service } = await stamped(stamp)
    expect([await service.ask('x'), await service.ask('x')]).toEqual(['answer 1', 'answer 2'])
  })

  it('lets a caller go at once whose stamp takes its time', async () => {
    const { service, ask } = await stamped(() => new Promise(() => {}))
    const aborter = new AbortController()
    const answer = service.ask('x', aborter)
    aborter.abort()
    await expect(answer).rejects.toMatchObject({ code: 'service.cancelled' })
    expect(getEventListeners(aborter.signal, 'abort')).toHaveLength(0)
    await service.stop()
    expect(ask).not.toHaveBeenCalled()
  })

  it('asks nobody for a caller who has gone while the stamp was taken', async () => {
    const gate = Promise.withResolvers<string>()
    const { service, ask } = await stamped(() => gate.promise)
    const aborter = new AbortController()
    const answer = service.ask('x', aborter)
    aborter.abort()
    gate.resolve('one')
    await expect(answer).rejects.toMatchObject({ code: 'service.cancelled' })
    expect(ask).not.toHaveBeenCalled()
  })
})
