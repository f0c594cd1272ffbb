/**
 * A process of its own for the test that kills it: runs a controller on the embedded store given as argument, with traffic
 * and an operator as restless as possible, and writes a line for each event that the store has acknowledged to it.
 */
import { writeSync } from 'node:fs'

import type { PlanData } from '@gradvis/feature-flags'
import { isServiceError, silentLogger, systemClock } from '@gradvis/kernel'
import { type Command, RolloutController, seededRandom, type StoredEvent, WindowRecorder } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'

const TICK_MS = 15
const DAY_MS = 86_400_000
const SERVICES = ['BackupService', 'NetworkConnectivityService', 'WebRTCPeerService'] as const

const [location = '', seed = '0', instance = 'one'] = process.argv.slice(2)
const random = seededRandom(Number(seed))

/** Phases of 60 ms, each with a gate that needs some forty operations. */
const plan: PlanData = {
  hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
  cooldownMinutes: 0,
  minimumOperations: 40,
  services: Object.fromEntries(
    SERVICES.map((service, index) => [
      service,
      {
        dependsOn: index === 0 ? [] : [SERVICES[index - 1] as string],
        phases: [10, 50, 100].map((percentage, phase) => ({
          name: `phase-${phase}`,
          start: new Date(Date.parse('2025-01-01T00:00:00Z') + phase * 60).toISOString(),
          percentage,
          days: 60 / DAY_MS,
          errorRateThresholdPercent: 10,
          gate: [
            {
              id: 'error-rate',
              sv: 'Felfrekvens',
              en: 'Error rate',
              evidence: { kind: 'error-rate', belowPercent: 20 },
            },
          ],
        })),
      },
    ]),
  ),
}

const acknowledge = ({ sequence, event }: StoredEvent) => writeSync(1, `${sequence} ${event.type}\n`)
const store = await openRolloutStore(location, { clock: systemClock, logger: silentLogger, random })
const recorder = new WindowRecorder({ instance, clock: systemClock })
const controller = new RolloutController({
  store,
  recorder,
  plan,
  instance,
  random,
  clock: systemClock,
  logger: silentLogger,
  tickMs: TICK_MS,
  notifier: { notify: acknowledge },
})
await controller.start()

function traffic(): void {
  for (const service of SERVICES) {
    const isBadMoment = random() < 0.03
    for (let call = 0; call < 20; call++)
      recorder.record({
        service,
        implementation: 'migrated',
        operation: 'work',
        code: 'test.broken',
        durationMs: 1,
        role: 'primary',
        rescued: false,
        cacheHit: false,
        outcome: random() < (isBadMoment ? 0.9 : 0.01) ? 'fault' : 'ok',
      })
  }
}

async function operate(): Promise<void> {
  const service = SERVICES[Math.floor(random() * SERVICES.length)] as string
  const type = (['resume', 'resume', 'resume', 'pause', 'promote', 'rollback'] as const)[Math.floor(random() * 6)]
  try {
    await controller.execute({ type, service } as Command, { actor: 'operator', reason: 'at random' })
  } catch (error) {
    // Most of what is tried at random is refused, which is what is tested.
    if (!isServiceError(error)) throw error
  }
}

// Endless on purpose: whoever started this process ends it.
for (;;) {
  traffic()
  await operate()
  await new Promise((resolve) => setTimeout(resolve, 5))
}
