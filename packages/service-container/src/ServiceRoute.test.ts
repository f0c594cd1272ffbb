import { describe, expect, it } from 'vitest'

import { createTestContainer } from './testing/createTestContainer.ts'
import { brief, fault, GreetingService, refusal } from './testing/greeting.ts'

describe('recording', () => {
  it('records one observation per call, with side and outcome', async () => {
    const { container, greeting, built, observations } = createTestContainer()
    await container.runAs('subject-1', async () => {
      await greeting.greet({ name: 'a' })
      built.migrated[0]!.failWith = refusal
      await expect(greeting.greet({ name: 'a' })).rejects.toBe(refusal)
    })
    expect(observations.map(brief)).toEqual(['migrated greet ok primary', 'migrated greet refused primary'])
  })
})

describe('an observer that throws', () => {
  it('reaches no caller, repeats no call, and is named once in the log', async () => {
    const made = createTestContainer({
      observer: {
        record: () => {
          throw new RangeError('full')
        },
      },
    })
    const { container, greeting, built, logger } = made
    expect(await container.runAs('subject-1', () => greeting.put({ name: 'a' }))).toBe('put a (migrated)')
    expect(built.legacy).toHaveLength(0)
    built.migrated[0]!.failWith = refusal
    await expect(container.runAs('subject-1', () => greeting.put({ name: 'a' }))).rejects.toBe(refusal)
    expect(logger.lines).toMatchObject([{ message: 'observer failed', fields: { error: 'RangeError' } }])
  })
})

describe('a caller who has given up', () => {
  it('is no fault and is not rescued, whatever the side throws', async () => {
    const { container, greeting, built, observations } = createTestContainer()
    await container.runAs('subject-1', () => greeting.side())
    const caller = new AbortController()
    const gate = Promise.withResolvers<void>()
    built.migrated[0]!.gate = gate.promise
    const call = container.runAs('subject-1', () => greeting.greet({ name: 'a' }, { signal: caller.signal }))
    caller.abort()
    built.migrated[0]!.failWith = caller.signal.reason as Error
    gate.resolve()
    await expect(call).rejects.toBe(caller.signal.reason)
    expect(observations.slice(1).map(brief)).toEqual(['migrated greet cancelled primary'])
    expect(built.legacy).toHaveLength(0)
  })

  it('is not rescued from a real fault, which still counts', async () => {
    const { container, greeting, built, observations } = createTestContainer()
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.failWith = fault
    const signal = AbortSignal.abort()
    await expect(container.runAs('subject-1', () => greeting.greet({ name: 'a' }, { signal }))).rejects.toBe(fault)
    expect(observations.slice(1).map(brief)).toEqual(['migrated greet fault primary'])
    expect(built.legacy).toHaveLength(0)
  })
})

describe('rescue', () => {
  it('answers a failed migrated read from legacy and still counts the fault', async () => {
    const { container, greeting, built, observations } = createTestContainer()
    await container.runAs('subject-1', async () => {
      await greeting.side()
      built.migrated[0]!.failWith = fault
      expect(await greeting.greet({ name: 'a' })).toBe('hello a (legacy)')
      expect(await greeting.put({ name: 'a' })).toBe('put a (legacy)')
    })
    expect(observations.slice(1).map(brief)).toEqual([
      'legacy greet ok rescue',
      'migrated greet fault primary rescued',
      'legacy put ok rescue',
      'migrated put fault primary rescued',
    ])
  })

  it('never repeats a write that is not idempotent', async () => {
    const { container, greeting, built, observations } = createTestContainer()
    await container.runAs('subject-1', async () => {
      await greeting.side()
      built.migrated[0]!.failWith = fault
      await expect(greeting.rename({ name: 'a' })).rejects.toBe(fault)
    })
    expect(observations.slice(1).map(brief)).toEqual(['migrated rename fault primary'])
    expect(built.legacy).toHaveLength(0)
  })

  it('leaves a failure of legacy alone', async () => {
    const { greeting, built, observations } = createTestContainer()
    await greeting.side()
    built.legacy[0]!.failWith = fault
    await expect(greeting.greet({ name: 'a' })).rejects.toBe(fault)
    expect(observations.slice(1).map(brief)).toEqual(['legacy greet fault primary'])
  })

  it('gives the first failure when legacy fails too, and legacy’s refusal as the answer', async () => {
    const { container, greeting, built } = createTestContainer()
    await greeting.side()
    await container.runAs('subject-1', async () => {
      await greeting.side()
      built.migrated[0]!.failWith = fault
      built.legacy[0]!.failWith = new Error('legacy is down too')
      await expect(greeting.greet({ name: 'a' })).rejects.toBe(fault)
      built.legacy[0]!.failWith = refusal
      await expect(greeting.greet({ name: 'a' })).rejects.toBe(refusal)
    })
  })
})

describe('the shadow port', () => {
  it('may fail without the caller noticing', async () => {
    const { container, greeting, logger } = createTestContainer({
      shadow: {
        consider: () => {
          throw new RangeError('no budget')
        },
      },
    })
    expect(await container.runAs('subject-1', () => greeting.greet({ name: 'a' }))).toBe('hello a (migrated)')
    expect(logger.lines.map(({ message }) => message)).toEqual(['shadow port failed'])
  })

  it('is offered reads with a shadow policy, and what it runs answers nobody', async () => {
    const compared: unknown[] = []
    const { container, greeting, observations } = createTestContainer({
      shadow: {
        consider: ({ operation, answer, runOther }) => {
          compared.push(
            Promise.all([answer, runOther(new AbortController().signal)]).then((both) => [operation, ...both]),
          )
        },
      },
    })
    await container.runAs('subject-1', async () => {
      expect(await greeting.greet({ name: 'a' })).toBe('hello a (migrated)')
      await greeting.side()
      await greeting.rename({ name: 'b' })
    })
    expect(await Promise.all(compared)).toEqual([['greet', 'hello a (migrated)', 'hello a (legacy)']])
    expect(observations.map(brief)).toContain('legacy greet ok shadow')
  })
})

describe('a session operation whose answer is no session', () => {
  it('fails and is counted once', async () => {
    const { container, greeting, observations } = createTestContainer()
    using _swap = container.swap(GreetingService, { open: async () => ({}) as never })
    await expect(greeting.open()).rejects.toThrow(TypeError)
    expect(observations.map(brief)).toEqual(['migrated open fault primary'])
  })
})
