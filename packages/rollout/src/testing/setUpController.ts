import type { PlanData } from '@gradvis/feature-flags'
import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import { onTestFinished } from 'vitest'

import type { Probe } from '../controller/Probe.ts'
import { RolloutController } from '../controller/RolloutController.ts'
import { WindowRecorder } from '../controller/WindowRecorder.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { MemoryStore } from './MemoryStore.ts'
import { planWith } from './planWith.ts'

/** When BackupService begins, by the production plan. */
export const FIRST_PHASE_MS = Date.parse('2025-01-10T08:00:00Z')

type SetUp = Readonly<{
  store?: MemoryStore
  plan?: PlanData
  clock?: ManualClock
  instance?: string
  probes?: Probe[]
}>

/** A controller that has started on a store of its own, unless the case says otherwise; stopped when the test ends. */
export async function setUpController({
  store = new MemoryStore(),
  clock = new ManualClock(FIRST_PHASE_MS),
  ...given
}: SetUp = {}) {
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
  onTestFinished(() => controller.stop())
  await controller.start()
  const calls = (
    count: number,
    faults: number,
    implementation: 'legacy' | 'migrated' = 'migrated',
    durationMs = 10,
  ) => {
    for (let index = 0; index < count; index++)
      recorder.record({
        service: 'BackupService',
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

export const typesIn = (store: MemoryStore) => store.events.map(({ event }) => event.type)
