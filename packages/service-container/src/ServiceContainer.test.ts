import { parseEnvironment } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import { inject, injectable } from './index.ts'
import { createTestContainer, subjectOn } from './testing/createTestContainer.ts'
import { FLAGS, planOf } from './testing/flags.ts'
import { GreetingService } from './testing/greeting.ts'

describe('a routed facade', () => {
  it('has exactly the operations of the contract and cannot be changed', () => {
    const { greeting } = createTestContainer()
    expect(Object.keys(greeting).sort()).toEqual(['greet', 'open', 'put', 'rename', 'side', 'watch'])
    expect(Object.isFrozen(greeting)).toBe(true)
  })

  it('sends each subject to its own side and keeps it there', async () => {
    const { container, greeting } = createTestContainer({ percent: 50 })
    for (const side of ['legacy', 'migrated'] as const) {
      const key = subjectOn(container, side)
      expect(await container.runAs(key, () => greeting.side())).toBe(side)
      expect(await container.for(key).get(GreetingService).side()).toBe(side)
    }
  })

  it('sends a call without a subject to legacy, even at 100 %', async () => {
    const { container, greeting } = createTestContainer({ percent: 100 })
    expect(await greeting.side()).toBe('legacy')
    expect(container.explain(GreetingService).decision.reason).toBe('NO_TARGETING_KEY')
  })

  it('follows a flip although it was taken before (law 3)', async () => {
    const { container, greeting, provider } = createTestContainer({ percent: 100 })
    const bound = container.for('subject-1').get(GreetingService)
    expect(await bound.side()).toBe('migrated')
    provider.update({ plan: planOf(0) })
    expect(await bound.side()).toBe('legacy')
    expect(await container.runAs('subject-1', () => greeting.side())).toBe('legacy')
  })

  it('can be injected into a class of the application, and follows the flip there', async () => {
    @injectable()
    class Archive {
      readonly greeting: GreetingService
      constructor(@inject(GreetingService) greeting: GreetingService) {
        this.greeting = greeting
      }
    }
    const { container, provider } = createTestContainer({ percent: 100 })
    const archive = container.get(Archive)
    expect(await container.runAs('subject-1', () => archive.greeting.side())).toBe('migrated')
    provider.update({ plan: planOf(0) })
    expect(await container.runAs('subject-1', () => archive.greeting.side())).toBe('legacy')
  })

  it('names a service that was not registered', () => {
    const { container } = createTestContainer()
    const unknown = Object.assign(() => {}, { contract: { name: 'OtherService', operations: {} } })
    expect(() => container.get(unknown as never)).toThrow(/OtherService är inte registrerad/)
  })
})

describe('pinning', () => {
  it('keeps one decision within a scope through a flip, and takes a new one in the next', async () => {
    const { container, greeting, provider } = createTestContainer({ percent: 100 })
    await container.runAs('subject-1', async () => {
      expect(await greeting.side()).toBe('migrated')
      provider.update({ plan: planOf(0) })
      expect(await greeting.side()).toBe('migrated')
      expect(await container.runAs('subject-1', () => greeting.side())).toBe('migrated')
    })
    expect(await container.runAs('subject-1', () => greeting.side())).toBe('legacy')
  })

  it('is broken at the next call by FORCE_LEGACY_SERVICES', async () => {
    const { container, greeting, provider } = createTestContainer({ percent: 100 })
    await container.runAs('subject-1', async () => {
      expect(await greeting.side()).toBe('migrated')
      provider.update({ environment: parseEnvironment({ FORCE_LEGACY_SERVICES: 'true' }, FLAGS) })
      expect(await greeting.side()).toBe('legacy')
    })
  })

  it('stays broken in its scope when FORCE_LEGACY_SERVICES is lifted', async () => {
    const { container, greeting, provider } = createTestContainer({ percent: 100 })
    await container.runAs('subject-1', async () => {
      expect(await greeting.side()).toBe('migrated')
      provider.update({ environment: parseEnvironment({ FORCE_LEGACY_SERVICES: 'true' }, FLAGS) })
      expect(await greeting.side()).toBe('legacy')
      provider.update({ environment: parseEnvironment({}, FLAGS) })
      expect(await greeting.side()).toBe('legacy')
    })
    expect(await container.runAs('subject-1', () => greeting.side())).toBe('migrated')
  })

  it('is not shared by another subject inside', async () => {
    const { container, greeting } = createTestContainer({ percent: 50 })
    const [old, fresh] = [subjectOn(container, 'legacy'), subjectOn(container, 'migrated')]
    await container.runAs(old, async () => {
      expect(await greeting.side()).toBe('legacy')
      expect(await container.runAs(fresh, () => greeting.side())).toBe('migrated')
      expect(await greeting.side()).toBe('legacy')
    })
  })
})

describe('tests swap', () => {
  it('may be undone in any order', async () => {
    const { container, greeting } = createTestContainer({ percent: 0 })
    const first = container.swap(GreetingService, { side: async () => 'first' })
    const second = container.swap(GreetingService, { side: async () => 'second' })
    first()
    expect(await greeting.side()).toBe('second')
    second()
    using _pin = container.pin(GreetingService, 'migrated')
    expect(await greeting.side()).toBe('migrated')
  })

  it('puts an object in the place of a service and restores itself', async () => {
    const { container, greeting } = createTestContainer({ percent: 0 })
    {
      using _swap = container.swap(GreetingService, { side: async () => 'fake' })
      expect(await greeting.side()).toBe('fake')
      expect(container.explain(GreetingService, 'subject-1').decision.reason).toBe('OVERRIDE')
      await expect(greeting.greet({ name: 'a' })).rejects.toMatchObject({ code: 'container.operation_not_swapped' })
    }
    expect(await greeting.side()).toBe('legacy')
  })

  it('pins one service to a side', async () => {
    const { container, greeting } = createTestContainer({ percent: 100 })
    using _pin = container.pin(GreetingService, 'legacy')
    expect(await container.runAs('subject-1', () => greeting.side())).toBe('legacy')
  })

  it('does not beat FORCE_LEGACY_SERVICES', async () => {
    const { container, greeting } = createTestContainer({ env: { FORCE_LEGACY_SERVICES: 'true' } })
    using _pin = container.pin(GreetingService, 'migrated')
    expect(await container.runAs('subject-1', () => greeting.side())).toBe('legacy')
  })
})

describe('memory', () => {
  it('is what every running side says that it holds; a side that is not running or fails to say is left out', async () => {
    const { container, greeting } = createTestContainer({ percent: 100 })
    expect(container.heldBytes()).toEqual([])
    await container.runAs('subject-1', () => greeting.side())
    expect(container.heldBytes()).toEqual([{ service: 'GreetingService', implementation: 'migrated', bytes: 0 }])
    const { service } = await container.resolve(GreetingService, 'subject-1')
    service.reportBytes = () => 1_024
    expect(container.heldBytes()).toMatchObject([{ bytes: 1_024 }])
    Object.assign(service, { reportExternalBytes: () => 512 })
    expect(container.heldBytes()).toMatchObject([{ bytes: 1_024, externalBytes: 512 }])
    service.reportBytes = () => {
      throw new Error('broken')
    }
    expect(container.heldBytes()).toEqual([])
  })
})
