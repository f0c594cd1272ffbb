import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { PlanData } from '@gradvis/feature-flags'
import { type Clock, type Implementation, silentLogger, systemClock } from '@gradvis/kernel'
import {
  type Command,
  eventsOfVerdicts,
  executeCommand,
  foldState,
  LatencySketch,
  type ObservationWindow,
  type RolloutStore,
  type Verdict,
} from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'

import { testPlan } from './testPlan.ts'

/** A store in a folder of its own, and what a test may do to it. */
export type SeededStore = Readonly<{
  folder: string
  location: string
  store: RolloutStore
  execute(...commands: readonly Command[]): Promise<void>
  rollBack(verdict: Verdict): Promise<void>
  remove(): Promise<void>
}>

/** Holds the test plan, adopted, unless `plan` says otherwise; null for an empty log. `at`: a store that is there. */
export async function seedStore({
  plan = testPlan,
  clock = systemClock,
  at,
}: Readonly<{ plan?: PlanData | null; clock?: Clock; at?: string }> = {}): Promise<SeededStore> {
  const folder = mkdtempSync(join(tmpdir(), 'gradvis-cli-'))
  const location = at ?? join(folder, 'rollout.db')
  const store = await openRolloutStore(location, { clock, logger: silentLogger })
  const execute = async (...commands: readonly Command[]) => {
    for (const command of commands) await executeCommand(store, command, { actor: 'tester', clock })
  }
  if (plan !== null) await execute({ type: 'adopt-plan', plan })
  return {
    folder,
    location,
    store,
    execute,
    rollBack: async (verdict) => {
      const status = foldState(await store.readEvents(0))
      const events = eventsOfVerdicts(status, [verdict], { actor: 'engine@test', at: clock.now() })
      await store.append(events, status.sequence)
    },
    remove: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type WindowParts = Readonly<{
  implementation: Implementation
  operations?: number
  faults?: number
  meanMs?: number
  codes?: Readonly<Record<string, number>>
  heldBytes?: number
}>

/** Ten seconds of BackupService.createBackup that end at `endMs`, every call as long as the next. */
export function aWindow(endMs: number, parts: WindowParts): ObservationWindow {
  const { implementation, operations = 100, faults = 0, meanMs = 20, codes = {}, heldBytes = 1_000_000 } = parts
  const latency = new LatencySketch()
  for (let call = faults; call < operations; call++) latency.record(meanMs)
  const counts = { operations, faults, rescued: 0, refused: 0, cancelled: 0, cacheHits: 0, codes: { ...codes } }
  return {
    instance: 'test',
    service: 'BackupService',
    implementation,
    startMs: endMs - 10_000,
    endMs,
    heldBytes,
    operations: { createBackup: { ...counts, latency: latency.toJSON() } },
  }
}

/** What the engine would say of a service that fails too often. */
export function aRollbackVerdict(at: number): Verdict {
  const text = { sv: 'Felfrekvensen är 5 %.', en: 'The error rate is 5%.' }
  return {
    service: 'BackupService',
    at,
    action: 'rollback',
    phase: 'initial',
    percentageBps: 1000,
    criteria: [
      {
        id: 'error-rate',
        source: 'measured',
        outcome: 'unmet',
        value: 0.05,
        limit: 0.005,
        unit: 'share',
        samples: 400,
        text,
      },
    ],
    guardrails: [
      {
        id: 'error-rate-early',
        mode: 'rollback',
        outcome: 'breached',
        value: 0.05,
        limit: 0.01,
        unit: 'share',
        samples: 400,
        evidence: 9.1,
        evidenceLimit: 7,
        text,
      },
    ],
    reasons: [text],
    guardrail: 'error-rate-early',
  }
}
