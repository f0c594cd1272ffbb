/**
 * One instance of an application: a container and a controller on a shared store, calling one service without pause for a
 * subject who is migrated, and telling when the side that serves it changes. Arguments: the store's location, its name.
 */
import { setTimeout as wait } from 'node:timers/promises'

import type { Observation } from '@gradvis/base-service'
import { parseEnvironment, parsePlan } from '@gradvis/feature-flags'
import { silentLogger, systemClock } from '@gradvis/kernel'
import { flagStateOf, RolloutController, WindowRecorder } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { registerService, ServiceContainer, SnapshotProvider } from '@gradvis/service-container'

import { Echo, EchoTarget } from '../echo.ts'
import { fleetPlan, SERVICE, SUBJECT } from './fleetPlan.ts'
import type { News, Order } from './messages.ts'

/** Far below what is measured, and little enough for eight processes on two cores. */
const CALL_EVERY_MS = 2
const BY = { actor: 'benchmark', reason: 'measurement' }

const [location = '', name = ''] = process.argv.slice(2)
const nowMs = () => performance.timeOrigin + performance.now()
const tell = (news: News) => void process.send?.(news)

let side: 'legacy' | 'migrated' | undefined
let isBroken = false
const ending = new AbortController()

class Breakable extends Echo {
  override async echo(input: number): Promise<number> {
    if (isBroken) throw new Error('broken on purpose')
    return super.echo(input)
  }
}

const environment = parseEnvironment({ NODE_ENV: 'production' })
const provider = new SnapshotProvider(
  { plan: parsePlan(fleetPlan), environment, state: { services: { [SERVICE]: { percentageBps: 0 } } } },
  systemClock,
  silentLogger,
)
const recorder = new WindowRecorder({ instance: name, clock: systemClock })
const container = new ServiceContainer({
  registrations: [
    registerService({
      token: EchoTarget,
      implementations: { legacy: async () => new Echo(), migrated: async () => new Breakable() },
    }),
  ],
  observer: { record },
  clock: systemClock,
  logger: silentLogger,
  random: Math.random,
  provider,
})
const store = await openRolloutStore(location, { clock: systemClock, logger: silentLogger, instance: name })
const controller = new RolloutController({
  store,
  recorder,
  plan: fleetPlan,
  instance: name,
  clock: systemClock,
  logger: silentLogger,
  random: Math.random,
  tickMs: 500,
  onStatus: (status) => provider.update({ state: flagStateOf(status) }),
})

function record(observation: Observation): void {
  recorder.record(observation)
  const { implementation, role } = observation
  if (role !== 'primary' || implementation === side) return
  side = implementation
  tell({ kind: 'switched', to: implementation, atMs: nowMs() })
}

const echo = container.get(EchoTarget)
const call = () => container.runAs(SUBJECT, () => echo.echo(1))

async function forceLegacy(on: boolean): Promise<void> {
  const askedMs = nowMs()
  await controller.execute({ type: 'force-legacy', on }, BY)
  await call()
  if (on) tell({ kind: 'decided', atMs: askedMs, isNextCallLegacy: side === 'legacy' })
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'stop') ending.abort()
  if (order.kind === 'break') isBroken = true
  if (order.kind === 'force-legacy') await forceLegacy(order.on)
  if (order.kind === 'resume') await controller.execute({ type: 'resume', service: SERVICE }, BY)
}

// Without the benchmark there is nobody to measure for.
process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => void obey(order))
await controller.start()
tell({ kind: 'ready' })
while (!ending.signal.aborted) {
  await call()
  const service = controller.status.services[SERVICE]
  if (isBroken && service?.status === 'rolled-back') {
    isBroken = false
    tell({ kind: 'decided', atMs: service.at, isNextCallLegacy: true })
  }
  await wait(CALL_EVERY_MS)
}
await controller.stop()
await container.stop()
provider.stop()
await store.close()
process.disconnect?.()
