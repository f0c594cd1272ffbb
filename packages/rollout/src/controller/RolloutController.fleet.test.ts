import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { foldState } from '../state/foldState.ts'
import { MemoryStore } from '../testing/MemoryStore.ts'
import { planWith } from '../testing/planWith.ts'
import { FIRST_PHASE_MS, setUpController, typesIn } from '../testing/setUpController.ts'

const service = 'BackupService'
const by = { actor: 'operator', reason: 'because' }

describe('several controllers on one store', () => {
  it('adopt and advance once, whoever is faster', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(FIRST_PHASE_MS)]
    const all = await Promise.all(['a', 'b', 'c'].map((instance) => setUpController({ store, clock, instance })))
    await Promise.all(all.map(({ controller }) => controller.tick()))
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
    for (const { controller } of all) expect(controller.status).toEqual(foldState(store.events))
  })

  it('judge by what all of them observed', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(FIRST_PHASE_MS)]
    const [first, second] = [
      await setUpController({ store, clock, instance: 'a' }),
      await setUpController({ store, clock, instance: 'b' }),
    ]
    await first.tick()
    for (const one of [first, second]) one.calls(15, 1)
    await second.tick()
    await first.controller.tick()
    expect(typesIn(store)).not.toContain('rolled_back')
    for (const one of [first, second]) one.calls(60, 6)
    await second.tick()
    await first.controller.tick()
    expect(typesIn(store).filter((type) => type === 'rolled_back')).toHaveLength(1)
  })

  it('let one of them lead, until it stops or has not been heard of for three ticks', async () => {
    const clock = new ManualClock(FIRST_PHASE_MS)
    const store = new MemoryStore(clock)
    const [first, second] = [
      await setUpController({ store, clock, instance: 'a' }),
      await setUpController({ store, clock, instance: 'b' }),
    ]
    const leading = () => [first, second].map(({ controller }) => controller.verdicts.length > 0)
    await first.controller.tick()
    await second.controller.tick()
    expect(leading()).toEqual([true, false])
    await first.controller.stop()
    await second.controller.tick()
    expect(second.controller.verdicts).not.toEqual([])
    await store.lead('b', 0)
    await store.lead('somebody who dies', 30_000)
    await second.tick(20_000)
    expect(second.controller.verdicts).toEqual([])
    await second.tick(10_000)
    expect(second.controller.verdicts).not.toEqual([])
  })

  it('tell the world once what an operator did through any of them or from outside', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(FIRST_PHASE_MS)]
    const [first, second] = [
      await setUpController({ store, clock, instance: 'a' }),
      await setUpController({ store, clock, instance: 'b' }),
    ]
    await second.controller.execute({ type: 'force-legacy', on: true }, by)
    const event = { type: 'emergency_stop_set', on: false } as const
    await store.append([{ at: clock.now(), actor: 'operator', event }], store.events.length)
    for (const one of [first, second, first]) await one.tick()
    const told = [...first.notified, ...second.notified].filter((type) => type === 'emergency_stop_set')
    expect(told).toHaveLength(2)
  })

  it('judge all the same when the lease cannot be asked for', async () => {
    const store = new MemoryStore()
    store.lead = () => Promise.reject(new Error('no rights on that table'))
    const { controller } = await setUpController({ store })
    expect(controller.verdicts).not.toEqual([])
  })

  it('judge again when an operator was faster', async () => {
    const { store, calls, tick, controller } = await setUpController()
    await tick()
    calls(1_000, 100)
    store.beforeAppend = async () => {
      store.beforeAppend = undefined
      const event = {
        type: 'rolled_back',
        service,
        cause: { kind: 'operator' },
        cooldownUntilMs: FIRST_PHASE_MS,
      } as const
      await store.append([{ at: FIRST_PHASE_MS, actor: 'operator', event }], store.events.length)
    }
    await tick()
    expect(typesIn(store).filter((type) => type === 'rolled_back')).toHaveLength(1)
    expect(controller.status.services[service]).toMatchObject({ cause: { kind: 'operator' } })
  })
})

describe('controllers with different plans', () => {
  const other = planWith({ cooldownMinutes: 5 })
  const newer = planWith({ revision: 2, cooldownMinutes: 5 })

  it('of one revision follow the adopted one; the other instance says so and only protects', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(FIRST_PHASE_MS - 60_000)]
    const first = await setUpController({ store, clock })
    await first.controller.stop()
    const second = await setUpController({ store, clock, plan: other, instance: 'two' })
    await second.tick(60_000)
    expect(typesIn(store)).toEqual(['plan_adopted'])
    expect(second.logger.lines).toMatchObject([{ level: 'error', fields: { code: 'rollout.plan_conflict' } }])
    await second.controller.execute({ type: 'promote', service }, by)
    await second.tick()
    second.calls(1_000, 100)
    // It makes way for a better leader in between.
    for (let count = 0; count < 6; count++) await second.tick()
    expect(typesIn(store).at(-1)).toBe('rolled_back')
  })

  it('of a higher revision with another salt, which would move every subject, are never adopted and only protect', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(FIRST_PHASE_MS)]
    const first = await setUpController({ store, clock })
    await first.controller.stop()
    const hash = { id: 'murmur3-32-fractional', version: 2, salt: 'other' } as const
    const second = await setUpController({ store, clock, plan: planWith({ revision: 2, hash }), instance: 'two' })
    expect(second.logger.lines).toMatchObject([{ fields: { code: 'rollout.plan_rehashed' } }])
    await second.tick()
    second.calls(1_000, 100)
    for (let count = 0; count < 6; count++) await second.tick()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered', 'rolled_back'])
  })

  it('never keep an instance that may move services on from leading', async () => {
    const clock = new ManualClock(FIRST_PHASE_MS - 3_600_000)
    const store = new MemoryStore(clock)
    const left = await setUpController({ store, clock, instance: 'left-over' })
    await left.controller.stop()
    await setUpController({ store, clock, plan: newer, instance: 'briefly' }).then(({ controller }) =>
      controller.stop(),
    )
    const stuck = await setUpController({ store, clock, instance: 'stuck' })
    await stuck.tick()
    const good = await setUpController({ store, clock, plan: newer, instance: 'good' })
    for (let count = 0; count < 10; count++) {
      await stuck.tick()
      await good.controller.tick()
    }
    expect(good.controller.verdicts).not.toEqual([])
    expect(stuck.controller.verdicts).toEqual([])
  })

  it('of a higher revision take over; the older instance steps down', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(FIRST_PHASE_MS - 60_000)]
    const first = await setUpController({ store, clock })
    await setUpController({ store, clock, plan: newer, instance: 'two' })
    await first.tick()
    expect(first.controller.status.planRevision).toBe(2)
    expect(first.logger.lines).toMatchObject([{ fields: { code: 'rollout.plan_outdated' } }])
  })
})
