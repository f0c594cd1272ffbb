import type { PlanData } from '@gradvis/feature-flags'
import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import { afterEach, describe, expect, it } from 'vitest'

import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { foldState } from '../state/foldState.ts'
import { MemoryStore } from '../testing/MemoryStore.ts'
import { planWith } from '../testing/planWith.ts'
import type { Probe } from './Probe.ts'
import { RolloutController } from './RolloutController.ts'
import { WindowRecorder } from './WindowRecorder.ts'

const service = 'BackupService'
const START = Date.parse('2025-01-10T08:00:00Z')
const by = { actor: 'operator', reason: 'because' }

const running: RolloutController[] = []
afterEach(async () => {
  for (const controller of running.splice(0)) await controller.stop()
})

type SetUp = Readonly<{
  store?: MemoryStore
  plan?: PlanData
  clock?: ManualClock
  instance?: string
  probes?: Probe[]
}>

async function setUp({ store = new MemoryStore(), clock = new ManualClock(START), ...given }: SetUp = {}) {
  const { plan = planWith(), instance = 'one', probes = [] } = given
  const logger = new RecordingLogger()
  const recorder = new WindowRecorder({ instance, clock })
  const [seen, notified]: [RolloutStatus[], string[]] = [[], []]
  const controller = new RolloutController({
    store,
    clock,
    logger,
    recorder,
    plan,
    instance,
    probes,
    random: () => 0,
    notifier: { notify: ({ event }) => notified.push(event.type) },
    onStatus: (status) => seen.push(status),
  })
  running.push(controller)
  await controller.start()
  const calls = (
    count: number,
    faults: number,
    implementation: 'legacy' | 'migrated' = 'migrated',
    durationMs = 10,
  ) => {
    for (let index = 0; index < count; index++)
      recorder.record({
        service,
        implementation,
        operation: 'listBackups',
        code: 'backup.broken',
        durationMs,
        role: 'primary',
        outcome: index < faults ? 'fault' : 'ok',
        rescued: false,
        cacheHit: false,
      })
  }
  const tick = async (ms = 10_000) => {
    clock.advance(ms)
    await controller.tick()
  }
  return { store, clock, logger, controller, seen, notified, calls, tick }
}

const typesIn = (store: MemoryStore) => store.events.map(({ event }) => event.type)

describe('a controller', () => {
  it('adopts its plan and enters the first phase when its date has come', async () => {
    const { store, controller, notified } = await setUp()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
    expect(controller.status.services[service]).toMatchObject({ phase: 'initial', percentageBps: 1_000 })
    expect(notified).toEqual(['plan_adopted', 'phase_entered'])
  })

  it('waits for that date', async () => {
    const { store, tick } = await setUp({ clock: new ManualClock(START - 60_000) })
    expect(typesIn(store)).toEqual(['plan_adopted'])
    await tick(60_000)
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
  })

  it('takes a service back at the tick after the evidence is overwhelming, and says so at once', async () => {
    const { store, controller, calls, tick, seen } = await setUp()
    await tick()
    calls(1_000, 100)
    await tick()
    expect(typesIn(store).at(-1)).toBe('rolled_back')
    expect(store.events.at(-1)?.event).toMatchObject({ cause: { guardrail: 'error-rate-early' } })
    expect(seen.at(-1)?.services[service]?.status).toBe('rolled-back')
    expect(store.events.at(-1)?.event).toMatchObject({ verdict: { action: 'rollback', guardrail: 'error-rate-early' } })
    expect(controller.verdicts[0]).toMatchObject({ service, action: 'hold' })
  })

  it('does nothing of the kind for calls that refuse, or fail on legacy', async () => {
    const { store, calls, tick } = await setUp()
    await tick()
    calls(1_000, 0)
    calls(1_000, 900, 'legacy')
    await tick()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
  })

  it('holds for as long as evidence is missing, although the time is over', async () => {
    const { store, tick } = await setUp()
    await tick(5 * 86_400_000)
    expect(typesIn(store)).not.toContain('completed')
    const names = store.events.map(({ event }) =>
      event.type === 'phase_entered' ? `${event.service} ${event.phase}` : '',
    )
    expect(names).not.toContain(`${service} extended`)
  })

  it('carries out commands, and is never stopped by its own from judging on', async () => {
    const { store, controller, tick } = await setUp()
    await controller.execute({ type: 'force-legacy', on: true }, by)
    expect(controller.status.emergencyStop).toBe(true)
    await tick()
    await controller.execute({ type: 'force-legacy', on: false }, by)
    await controller.execute({ type: 'rollback', service }, by)
    await expect(controller.execute({ type: 'resume', service }, by)).rejects.toMatchObject({
      code: 'rollout.cooling_down',
    })
    expect(store.events.at(-1)).toMatchObject({ actor: 'operator', reason: 'because' })
  })

  it('runs the probes that a gate asks for, and records their results', async () => {
    const id = 'network-diagnostics'
    const probe: Probe = {
      service: 'NetworkConnectivityService',
      id,
      run: async () => ({ passed: true, evidence: { cases: 4 } }),
    }
    const clock = new ManualClock('2025-01-12T08:00:00Z')
    const { store, tick } = await setUp({ clock, probes: [probe] })
    await tick()
    await expect.poll(() => typesIn(store)).toContain('probe_reported')
  })

  it('rolls windows up every ten minutes, and goes on judging while that takes', async () => {
    const { store, tick, controller } = await setUp()
    const signals: (AbortSignal | undefined)[] = []
    store.compact = (_now, signal) => {
      signals.push(signal)
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
    }
    await tick(600_000)
    await tick(600_000)
    expect(signals).toHaveLength(1)
    await controller.stop()
    expect(signals[0]?.aborted).toBe(true)
  })

  it('leaves no timer behind when it stops', async () => {
    const { controller, clock } = await setUp()
    await controller.stop()
    expect(clock.pendingTimers).toBe(0)
  })

  it('refuses a plan that is wrong before anything is read or written', async () => {
    await expect(setUp({ plan: planWith({ cooldownMinutes: -1 }) })).rejects.toMatchObject({
      code: 'flags.invalid_plan',
    })
  })
})

describe('several controllers on one store', () => {
  it('adopt and advance once, whoever is faster', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(START)]
    const all = await Promise.all(['a', 'b', 'c'].map((instance) => setUp({ store, clock, instance })))
    await Promise.all(all.map(({ controller }) => controller.tick()))
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
    for (const { controller } of all) expect(controller.status).toEqual(foldState(store.events))
  })

  it('judge by what all of them observed', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(START)]
    const [first, second] = [await setUp({ store, clock, instance: 'a' }), await setUp({ store, clock, instance: 'b' })]
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
    const clock = new ManualClock(START)
    const store = new MemoryStore(clock)
    const [first, second] = [await setUp({ store, clock, instance: 'a' }), await setUp({ store, clock, instance: 'b' })]
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
    const [store, clock] = [new MemoryStore(), new ManualClock(START)]
    const [first, second] = [await setUp({ store, clock, instance: 'a' }), await setUp({ store, clock, instance: 'b' })]
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
    const { controller } = await setUp({ store })
    expect(controller.verdicts).not.toEqual([])
  })

  it('judge again when an operator was faster', async () => {
    const { store, calls, tick, controller } = await setUp()
    await tick()
    calls(1_000, 100)
    store.beforeAppend = async () => {
      store.beforeAppend = undefined
      const event = { type: 'rolled_back', service, cause: { kind: 'operator' }, cooldownUntilMs: START } as const
      await store.append([{ at: START, actor: 'operator', event }], store.events.length)
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
    const [store, clock] = [new MemoryStore(), new ManualClock(START - 60_000)]
    const first = await setUp({ store, clock })
    await first.controller.stop()
    const second = await setUp({ store, clock, plan: other, instance: 'two' })
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
    const [store, clock] = [new MemoryStore(), new ManualClock(START)]
    const first = await setUp({ store, clock })
    await first.controller.stop()
    const hash = { id: 'murmur3-32-fractional', version: 2, salt: 'other' } as const
    const second = await setUp({ store, clock, plan: planWith({ revision: 2, hash }), instance: 'two' })
    expect(second.logger.lines).toMatchObject([{ fields: { code: 'rollout.plan_rehashed' } }])
    await second.tick()
    second.calls(1_000, 100)
    for (let count = 0; count < 6; count++) await second.tick()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered', 'rolled_back'])
  })

  it('never keep an instance that may move services on from leading', async () => {
    const clock = new ManualClock(START - 3_600_000)
    const store = new MemoryStore(clock)
    const left = await setUp({ store, clock, instance: 'left over' })
    await left.controller.stop()
    await setUp({ store, clock, plan: newer, instance: 'briefly' }).then(({ controller }) => controller.stop())
    const stuck = await setUp({ store, clock, instance: 'stuck' })
    await stuck.tick()
    const good = await setUp({ store, clock, plan: newer, instance: 'good' })
    for (let count = 0; count < 10; count++) {
      await stuck.tick()
      await good.controller.tick()
    }
    expect(good.controller.verdicts).not.toEqual([])
    expect(stuck.controller.verdicts).toEqual([])
  })

  it('of a higher revision take over; the older instance steps down', async () => {
    const [store, clock] = [new MemoryStore(), new ManualClock(START - 60_000)]
    const first = await setUp({ store, clock })
    await setUp({ store, clock, plan: newer, instance: 'two' })
    await first.tick()
    expect(first.controller.status.planRevision).toBe(2)
    expect(first.logger.lines).toMatchObject([{ fields: { code: 'rollout.plan_outdated' } }])
  })
})

describe('while the store is away, a controller', () => {
  it('keeps its last status, keeps what it observed, and judges it all when the store is back', async () => {
    const { store, controller, calls, tick } = await setUp()
    await tick()
    store.failure = new Error('connection refused')
    calls(1_000, 100)
    await tick()
    expect(controller.status.services[service]?.status).toBe('running')
    expect(controller.staleSinceMs).toBeDefined()
    store.failure = undefined
    await tick()
    expect(typesIn(store).at(-1)).toBe('rolled_back')
    expect(controller.staleSinceMs).toBeUndefined()
  })

  it('catches up phase by phase afterwards, skipping no gate', async () => {
    const { store, tick } = await setUp()
    store.failure = new Error('connection refused')
    await tick(20 * 86_400_000)
    store.failure = undefined
    for (let count = 0; count < 5; count++) await tick()
    const entered = store.events.flatMap(({ event }) => (event.type === 'phase_entered' ? [event] : []))
    expect(entered.map(({ phase }) => phase)).toEqual(['initial', 'initial', 'initial'])
  })
})

describe('a clock that goes back', () => {
  it('moves nothing on, and does not keep a bad service from being taken back', async () => {
    const { store, calls, tick, clock } = await setUp()
    await tick()
    const now = clock.now.bind(clock)
    clock.now = () => now() - 3_600_000
    await tick()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
    calls(1_000, 100)
    await tick()
    expect(typesIn(store).at(-1)).toBe('rolled_back')
  })

  it('does not let a first phase begin before the time that the log has reached', async () => {
    const { store, clock, tick, controller } = await setUp({ clock: new ManualClock(START - 60_000) })
    await controller.execute({ type: 'pause', service }, by)
    const now = clock.now.bind(clock)
    clock.now = () => now() - 86_400_000
    await controller.execute({ type: 'resume', service }, by)
    await tick(3_600_000)
    expect(typesIn(store)).not.toContain('phase_entered')
    clock.now = now
    await tick()
    expect(typesIn(store)).toContain('phase_entered')
  })
})
