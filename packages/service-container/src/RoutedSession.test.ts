import { describe, expect, it } from 'vitest'

import { createTestContainer } from './testing/createTestContainer.ts'
import { planOf } from './testing/flags.ts'
import { fault, GreetingService } from './testing/greeting.ts'

describe('a subscription', () => {
  it('keeps firing after a flip in either direction, and is closed where it was', async () => {
    const { container, greeting, provider, built } = createTestContainer()
    const heard: string[] = []
    await greeting.side()
    const session = await container.runAs('subject-1', () => greeting.watch({ listener: (text) => heard.push(text) }))
    built.migrated[0]!.broadcast('one')
    provider.update({ plan: planOf(0) })
    await expect.poll(() => built.legacy[0]!.listeners.size).toBe(1)
    await expect.poll(() => built.migrated[0]!.listeners.size).toBe(0)
    built.legacy[0]!.broadcast('two')
    provider.update({ plan: planOf(100) })
    await expect.poll(() => built.migrated[0]!.listeners.size).toBe(1)
    built.migrated[0]!.broadcast('three')
    expect(heard).toEqual(['one', 'two', 'three'])
    await session.close()
    await session.closed
    expect([built.legacy[0]!.listeners.size, built.migrated[0]!.listeners.size]).toEqual([0, 0])
  })

  it('stays where it is when the other side cannot open it', async () => {
    const { container, greeting, provider, built, logger } = createTestContainer({ percent: 0 })
    await container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    await container.resolve(GreetingService, 'subject-1')
    provider.update({ plan: planOf(100) })
    await expect.poll(() => built.migrated.length).toBe(1)
    built.migrated[0]!.failWith = fault
    await expect.poll(() => built.legacy[0]!.listeners.size + built.migrated[0]!.listeners.size).toBe(1)
    expect(logger.lines.length).toBeLessThanOrEqual(1)
  })

  it('follows a flip that came while it was being opened', async () => {
    const { container, greeting, provider, built } = createTestContainer()
    const gate = Promise.withResolvers<void>()
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.watchGate = gate.promise
    const opening = container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    provider.update({ plan: planOf(0) })
    gate.resolve()
    await opening
    await expect.poll(() => built.legacy[0]?.listeners.size).toBe(1)
    await expect.poll(() => built.migrated[0]!.listeners.size).toBe(0)
  })

  it('leaves nothing open when it ends by itself during a move', async () => {
    const { container, greeting, provider, built } = createTestContainer()
    const gate = Promise.withResolvers<void>()
    await greeting.side()
    const session = await container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    built.legacy[0]!.watchGate = gate.promise
    provider.update({ plan: planOf(0) })
    await built.migrated[0]!.sessions[0]!.close()
    await session.closed
    gate.resolve()
    await expect.poll(() => built.legacy[0]!.sessions.length).toBe(1)
    await expect.poll(() => built.legacy[0]!.listeners.size).toBe(0)
  })

  it('ends on the last side after two flips in a row, open once', async () => {
    const { container, greeting, provider, built } = createTestContainer()
    await greeting.side()
    const session = await container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    provider.update({ plan: planOf(0) })
    provider.update({ plan: planOf(100) })
    provider.update({ plan: planOf(0) })
    await expect.poll(() => [built.legacy[0]!.listeners.size, built.migrated[0]!.listeners.size]).toEqual([1, 0])
    await session.close()
    expect([built.legacy[0]!.listeners.size, built.migrated[0]!.listeners.size]).toEqual([0, 0])
  })

  it('is closed only when its side has closed it', async () => {
    const { container, greeting, built } = createTestContainer()
    const session = await container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    const gate = Promise.withResolvers<void>()
    const opened = built.migrated[0]!.sessions[0]!
    const close = opened.close.bind(opened)
    opened.close = () => gate.promise.then(close)
    let isClosed = false
    void session.closed.then(() => (isClosed = true))
    const closing = session.close()
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    expect(isClosed).toBe(false)
    gate.resolve()
    await closing
    await session.closed
  })

  it('is closed by the stop of the container, also when it was just being opened, and listens no more', async () => {
    const { container, greeting, provider, built, logger } = createTestContainer()
    const session = await container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    const gate = Promise.withResolvers<void>()
    built.migrated[0]!.watchGate = gate.promise
    const opening = container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    await container.stop()
    await session.closed
    gate.resolve()
    await (
      await opening
    ).closed
    expect(built.migrated[0]!.listeners.size).toBe(0)
    provider.update({ plan: planOf(0) })
    await Promise.resolve()
    expect(logger.lines).toEqual([])
  })

  it('is not moved on behalf of whoever changed the rollout', async () => {
    const { container, greeting, provider } = createTestContainer({ percent: 50 })
    const buckets: unknown[] = []
    await greeting.side()
    using _slots = container.swap(
      GreetingService,
      {
        watch: async () => {
          buckets.push(container.explain(GreetingService).bucket ?? 'nobody’s')
          return { closed: new Promise(() => {}), close: async () => {} }
        },
      },
      'legacy',
    )
    using _first = container.pin(GreetingService, 'migrated')
    await container.runAs('subject-1', () => greeting.watch({ listener: () => {} }))
    container.runAs('operator', () => provider.override('GreetingService', 'legacy'))
    await expect.poll(() => buckets).toEqual(['nobody’s'])
  })

  it('takes a session that fails for one that has ended, and lets nothing go unhandled', async () => {
    const { container, greeting } = createTestContainer()
    const ended = Promise.withResolvers<void>()
    using _swap = container.swap(GreetingService, {
      watch: async () => ({ closed: ended.promise, close: async () => {} }),
      open: async () => ({ closed: ended.promise, close: async () => {} }),
    })
    await greeting.open()
    const session = await greeting.watch({ listener: () => {} })
    ended.reject(new Error('torn'))
    expect(await session.closed).toBeUndefined()
  })
})
