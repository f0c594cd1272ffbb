import { AsyncLocalStorage } from 'node:async_hooks'

import type { Observation } from '@gradvis/base-service'
import { describe, expect, it, vi } from 'vitest'

import type { CallTracer } from './CallTracer.ts'
import { createTestContainer, subjectOn, type TestContainerOptions } from './testing/createTestContainer.ts'
import { brief, fault, refusal } from './testing/greeting.ts'

/** Keeps what it was told, and where each span was started. */
function recordingTracer() {
  const current = new AsyncLocalStorage<string>()
  const started: string[] = []
  const ended: Observation[] = []
  const tracer: CallTracer = {
    start(service, implementation, { name, operation, role, decision }) {
      const path = [current.getStore(), `${role} ${implementation}`].filter(Boolean).join(' > ')
      started.push(`${path}: ${service}.${name} ${operation.kind} ${decision.reason}`)
      return {
        run: (work) => current.run(path, work),
        end: (observation) => void ended.push(observation),
      }
    },
  }
  return { tracer, current, started, ended }
}

function setUp(options: TestContainerOptions = {}) {
  const trace = recordingTracer()
  return { ...trace, ...createTestContainer({ ...options, tracer: trace.tracer }) }
}

describe('a container with a tracer', () => {
  it('makes a span of a call, with the decision, and runs the operation inside it', async () => {
    const seen: (string | undefined)[] = []
    const { container, greeting, started, ended, observations, current } = setUp({
      percent: 50,
      onBuilt: (fake) => Object.assign(fake, { greet: async () => (seen.push(current.getStore()), 'hello') }),
    })
    await container.runAs(subjectOn(container, 'migrated'), () => greeting.greet({ name: 'a' }))
    await container.runAs(subjectOn(container, 'legacy'), () => greeting.greet({ name: 'a' }))
    expect(started).toEqual([
      'primary migrated: GreetingService.greet read SPLIT',
      'primary legacy: GreetingService.greet read SPLIT',
    ])
    expect(seen).toEqual(['primary migrated', 'primary legacy'])
    expect(ended).toEqual(observations)
  })

  it('makes the span of a rescue inside that of the call which it rescues', async () => {
    const { container, greeting, started, ended } = setUp({
      onBuilt: (fake) => {
        if (fake.context.implementation === 'migrated') fake.failWith = fault
      },
    })
    await container.runAs('subject', () => greeting.greet({ name: 'a' }))
    expect(started.map((one) => one.split(':')[0])).toEqual(['primary migrated', 'primary migrated > rescue legacy'])
    expect(ended.map(brief)).toEqual(['legacy greet ok rescue', 'migrated greet fault primary rescued'])
  })

  it('also where the migrated side did not even load', async () => {
    const { container, greeting, started, ended } = setUp({
      onLoad: (side) => {
        if (side === 'migrated') throw fault
      },
    })
    await container.runAs('subject', () => greeting.rename({ name: 'a' }))
    expect(started.map((one) => one.split(':')[0])).toEqual(['primary migrated', 'primary migrated > rescue legacy'])
    expect(ended.map(brief)).toEqual(['legacy rename ok rescue', 'migrated rename fault primary rescued'])
  })

  it('ends the span of a refused call with its code, and lets the refusal through', async () => {
    const { container, greeting, ended } = setUp({ onBuilt: (fake) => (fake.failWith = refusal) })
    await expect(container.runAs('subject', () => greeting.greet({ name: 'a' }))).rejects.toBe(refusal)
    expect(ended).toMatchObject([{ outcome: 'refused', code: 'test.refused' }])
  })

  it('makes a span of a session’s opening on each side that it was opened on', async () => {
    const { container, greeting, provider, started } = setUp()
    const session = await container.runAs('subject', () => greeting.watch({ listener: () => {} }))
    const undo = provider.override('GreetingService', 'legacy')
    await vi.waitFor(() => expect(started).toHaveLength(2))
    undo()
    await session.close()
    expect(started).toEqual([
      'primary migrated: GreetingService.watch session SPLIT',
      'primary legacy: GreetingService.watch session OVERRIDE',
    ])
  })

  it('takes a tracer to which nobody listens for none', async () => {
    const { container, greeting, observations } = createTestContainer({ tracer: { start: () => undefined } })
    expect(await container.runAs('subject', () => greeting.greet({ name: 'a' }))).toBe('hello a (migrated)')
    expect(observations).toHaveLength(1)
  })
})
