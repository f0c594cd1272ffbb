import { describe, expect, it } from 'vitest'

import { createTestContainer } from './testing/createTestContainer.ts'
import { planOf } from './testing/flags.ts'
import { brief, fault, GreetingService } from './testing/greeting.ts'

describe('a side that cannot be had', () => {
  const broken = (side: string) => {
    if (side === 'migrated') throw new Error('cannot be imported')
  }

  it('is replaced by legacy, writes included, and counted as a migrated fault', async () => {
    const { container, greeting, observations, logger } = createTestContainer({ onLoad: broken })
    expect(await container.runAs('subject-1', () => greeting.rename({ name: 'a' }))).toBe('renamed a (legacy)')
    expect(observations.map(brief)).toEqual(['legacy rename ok rescue', 'migrated rename fault primary rescued'])
    expect(observations[1]?.code).toBe('container.implementation_unavailable')
    expect(logger.lines.map(({ message }) => message)).toEqual(['implementation unavailable'])
    expect(await container.resolve(GreetingService, 'subject-1')).toMatchObject({
      implementation: 'legacy',
      fallbackUsed: true,
      reason: 'SPLIT',
    })
  })

  it('is tried again only after the backoff, which grows', async () => {
    let attempts = 0
    const { container, greeting, clock } = createTestContainer({
      onLoad: (side) => {
        if (side === 'migrated' && (attempts += 1) <= 2) throw new Error('not yet')
      },
    })
    const side = () => container.runAs('subject-1', () => greeting.side())
    expect(await side()).toBe('legacy')
    clock.advance(700)
    expect([await side(), attempts]).toEqual(['legacy', 1])
    clock.advance(100)
    expect([await side(), attempts]).toEqual(['legacy', 2])
    clock.advance(1_400)
    expect([await side(), attempts]).toEqual(['legacy', 2])
    clock.advance(200)
    expect([await side(), attempts]).toEqual(['migrated', 3])
  })

  it('fails the call when it is legacy that is missing', async () => {
    const { greeting } = createTestContainer({
      onLoad: () => {
        throw new Error('cannot be imported')
      },
    })
    await expect(greeting.side()).rejects.toMatchObject({
      code: 'container.implementation_unavailable',
      fault: 'service',
    })
  })

  it('is constructed and started once, however many ask at the same time', async () => {
    const { container, greeting, built } = createTestContainer()
    await container.runAs('subject-1', () => Promise.all(Array.from({ length: 20 }, () => greeting.side())))
    expect(built.migrated.map(({ started }) => started)).toEqual([1])
  })
})

describe('drain', () => {
  it('stops a side that no decision leads to, after its last call, and makes a new one when it is needed again', async () => {
    const { container, greeting, provider, clock, built } = createTestContainer()
    const gate = Promise.withResolvers<void>()
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.gate = gate.promise
    const slow = container.runAs('subject-1', () => greeting.greet({ name: 'a' }))
    provider.update({ plan: planOf(0) })
    clock.advance(60_000)
    expect(built.migrated[0]!.stopped).toBe(0)
    gate.resolve()
    expect(await slow).toBe('hello a (migrated)')
    clock.advance(5_000)
    expect(built.migrated[0]!.stopped).toBe(1)
    provider.update({ plan: planOf(100) })
    expect(await container.runAs('subject-1', () => greeting.side())).toBe('migrated')
    expect(built.migrated).toHaveLength(2)
  })

  it('waits for sessions that are open', async () => {
    const { container, greeting, provider, clock, built } = createTestContainer()
    const session = await container.runAs('subject-1', () => greeting.open())
    provider.update({ plan: planOf(0) })
    clock.advance(60_000)
    expect(built.migrated[0]!.stopped).toBe(0)
    await session.close()
    await session.closed
    clock.advance(5_000)
    expect(built.migrated[0]!.stopped).toBe(1)
  })

  it('refuses calls after stop and stops every side once', async () => {
    const { container, greeting, built } = createTestContainer()
    await greeting.side()
    await Promise.all([container.stop(), container.stop()])
    expect(built.legacy[0]!.stopped).toBe(1)
    await expect(greeting.side()).rejects.toMatchObject({ code: 'container.stopped' })
  })
})

describe('stop', () => {
  it('comes after the calls that waited for the start', async () => {
    const gate = Promise.withResolvers<void>()
    const { container, greeting, built } = createTestContainer({
      onBuilt: (fake) => {
        fake.startGate = gate.promise
        fake.stop = async () => {
          fake.stopped += 1
          fake.failWith = fault
        }
      },
    })
    const call = greeting.side()
    await expect.poll(() => built.legacy.length).toBe(1)
    const stopped = container.stop()
    gate.resolve()
    expect(await call).toBe('legacy')
    await stopped
    expect(built.legacy[0]!.stopped).toBe(1)
  })

  it('starts no side any more, whoever asks: a rescue, a shadow run, resolve()', async () => {
    let runOther: ((signal: AbortSignal) => Promise<unknown>) | undefined
    const { container, greeting, built, observations } = createTestContainer({
      shadow: { consider: (candidate) => void (runOther = candidate.runOther) },
    })
    const gate = Promise.withResolvers<void>()
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.gate = gate.promise
    const call = container.runAs('subject-1', () => greeting.greet({ name: 'a' }))
    await container.stop()
    built.migrated[0]!.failWith = fault
    gate.resolve()
    await expect(call).rejects.toBe(fault)
    await expect(container.resolve(GreetingService, 'subject-1')).rejects.toMatchObject({ code: 'container.stopped' })
    await expect(runOther?.(new AbortController().signal)).rejects.toMatchObject({ code: 'container.stopped' })
    expect(built.legacy).toHaveLength(0)
    expect(observations.map(brief)).toEqual(['migrated side ok primary', 'migrated greet fault primary'])
  })
})

describe('a start that never ends', () => {
  it('is given up, replaced by legacy, and stopped should it end after all', async () => {
    const gate = Promise.withResolvers<void>()
    const { container, greeting, clock, built } = createTestContainer({
      onBuilt: (fake) => {
        if (fake.context.implementation === 'migrated') fake.startGate = gate.promise
      },
    })
    const answer = container.runAs('subject-1', () => greeting.side())
    await expect.poll(() => built.migrated[0]?.started).toBe(1)
    clock.advance(30_000)
    expect(await answer).toBe('legacy')
    gate.resolve()
    await expect.poll(() => built.migrated[0]?.stopped).toBe(1)
  })

  it('does not keep the container from stopping', async () => {
    const { container, greeting, clock, built } = createTestContainer({
      onBuilt: (fake) => void (fake.startGate = Promise.withResolvers<void>().promise),
    })
    const refused = greeting.side().catch((error: unknown) => error)
    await expect.poll(() => built.legacy[0]?.started).toBe(1)
    const stopped = container.stop()
    clock.advance(30_000)
    expect(await refused).toMatchObject({ code: 'container.implementation_unavailable' })
    await stopped
  })
})

describe('a side that is waited for', () => {
  it('is drained however often the snapshot changes meanwhile', async () => {
    const { container, greeting, provider, clock, built } = createTestContainer()
    await container.runAs('subject-1', () => greeting.side())
    for (let tick = 0; tick < 4; tick += 1) {
      provider.update({ plan: planOf(0) })
      clock.advance(2_000)
    }
    expect(built.migrated[0]!.stopped).toBe(1)
  })

  it('is not loaded on behalf of whoever happened to call first', async () => {
    const reasons: string[] = []
    const made = createTestContainer({
      percent: 50,
      onLoad: () => reasons.push(made.container.explain(GreetingService).decision.reason),
    })
    await made.container.runAs('subject-1', () => made.greeting.side())
    expect(reasons).toEqual(['NO_TARGETING_KEY'])
  })
})
