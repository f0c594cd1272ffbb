import { describe, expect, it } from 'vitest'

import { createTestContainer } from './testing/createTestContainer.ts'
import { brief, fault, refusal } from './testing/greeting.ts'

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
