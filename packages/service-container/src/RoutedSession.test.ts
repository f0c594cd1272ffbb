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
})
