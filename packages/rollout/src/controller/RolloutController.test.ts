import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { MemoryStore } from '../testing/MemoryStore.ts'
import { planWith } from '../testing/planWith.ts'
import { FIRST_PHASE_MS, setUpController, typesIn } from '../testing/setUpController.ts'
import type { Probe } from './Probe.ts'

const service = 'BackupService'
const by = { actor: 'operator', reason: 'because' }

describe('a controller', () => {
  it('adopts its plan and enters the first phase when its date has come', async () => {
    const { store, controller, notified } = await setUpController()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
    expect(controller.status.services[service]).toMatchObject({ phase: 'initial', percentageBps: 1_000 })
    expect(notified).toEqual(['plan_adopted', 'phase_entered'])
  })

  it('waits for that date', async () => {
    const { store, tick } = await setUpController({ clock: new ManualClock(FIRST_PHASE_MS - 60_000) })
    expect(typesIn(store)).toEqual(['plan_adopted'])
    await tick(60_000)
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
  })

  it('takes a service back at the tick after the evidence is overwhelming, and says so at once', async () => {
    const { store, controller, calls, tick, seen } = await setUpController()
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
    const { store, calls, tick } = await setUpController()
    await tick()
    calls(1_000, 0)
    calls(1_000, 900, 'legacy')
    await tick()
    expect(typesIn(store)).toEqual(['plan_adopted', 'phase_entered'])
  })

  it('holds for as long as evidence is missing, although the time is over', async () => {
    const { store, tick } = await setUpController()
    await tick(5 * 86_400_000)
    expect(typesIn(store)).not.toContain('completed')
    const names = store.events.map(({ event }) =>
      event.type === 'phase_entered' ? `${event.service} ${event.phase}` : '',
    )
    expect(names).not.toContain(`${service} extended`)
  })

  it('carries out commands, and is never stopped by its own from judging on', async () => {
    const { store, controller, tick } = await setUpController()
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
    const { store, tick } = await setUpController({ clock, probes: [probe] })
    await tick()
    await expect.poll(() => typesIn(store)).toContain('probe_reported')
  })

  it('rolls windows up every ten minutes, and goes on judging while that takes', async () => {
    const { store, tick, controller } = await setUpController()
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
    const { controller, clock } = await setUpController()
    await controller.stop()
    expect(clock.pendingTimers).toBe(0)
  })

  it('refuses a plan that is wrong before anything is read or written', async () => {
    await expect(setUpController({ plan: planWith({ cooldownMinutes: -1 }) })).rejects.toMatchObject({
      code: 'flags.invalid_plan',
    })
  })
})

describe('while observations can be read in part only, a controller', () => {
  const phase = { name: 'initial', start: '2025-01-10T08:00:00Z', percentage: 10, days: 1, gate: [] }
  const next = { ...phase, name: 'full', start: '2025-01-11T08:00:00Z', percentage: 100 }
  const plan = planWith({ services: { [service]: { phases: [{ ...phase, errorRateThresholdPercent: 1 }, next] } } })
  const entered = (store: MemoryStore) =>
    store.events.flatMap(({ event }) =>
      event.type === 'phase_entered' && event.service === service ? [event.phase] : [],
    )

  /** A phase that has all it needs to end, but for what comes on the second page. */
  async function nearlyDone() {
    const rig = await setUpController({ plan })
    await rig.tick()
    rig.calls(500, 0)
    const read = rig.store.readWindows.bind(rig.store)
    const breakSecondPage = () => {
      rig.store.readWindows = async (from) => {
        const page = await read(from)
        rig.store.readWindows = () => Promise.reject(new Error('connection lost'))
        return { ...page, more: true }
      }
    }
    return { ...rig, breakSecondPage, mend: () => (rig.store.readWindows = read) }
  }

  it('moves nothing on, because what is missing may be the worse part', async () => {
    const { store, tick, breakSecondPage, mend } = await nearlyDone()
    breakSecondPage()
    await tick(86_400_000)
    expect(entered(store)).toEqual(['initial'])
    mend()
    await tick()
    expect(entered(store)).toEqual(['initial', 'full'])
  })

  it('still goes back by what it has read', async () => {
    const { store, tick, calls, breakSecondPage } = await nearlyDone()
    calls(1_000, 200)
    breakSecondPage()
    await tick()
    expect(typesIn(store).at(-1)).toBe('rolled_back')
  })
})

describe('while the store is away, a controller', () => {
  it('keeps its last status, keeps what it observed, and judges it all when the store is back', async () => {
    const { store, controller, calls, tick } = await setUpController()
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
    const { store, tick } = await setUpController()
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
    const { store, calls, tick, clock } = await setUpController()
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
    const { store, clock, tick, controller } = await setUpController({
      clock: new ManualClock(FIRST_PHASE_MS - 60_000),
    })
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
