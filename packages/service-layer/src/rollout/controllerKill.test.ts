import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { silentLogger, systemClock } from '@gradvis/kernel'
import { emptyStatus, foldState, seededRandom, step, type StoredEvent } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const KILLS = 200
/** Several at once, as instances are. */
const INSTANCES = 2
const PROCESS = fileURLToPath(new URL('../testing/killableController.ts', import.meta.url))

let folder: string
let location: string
const acknowledged = new Map<number, string>()
let events: readonly StoredEvent[]

/** Runs one controller until `afterMs` after its first acknowledged event (or after its start), and kills it. */
async function runAndKill(seed: number, afterMs: number): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=@gradvis/source', '--no-warnings', PROCESS, location, String(seed), `instance-${seed % INSTANCES}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let [text, isDue] = ['', false]
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    if (isDue) return
    isDue = true
    setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...how) => resolve(how)),
  )
  expect([code, signal]).toEqual([null, 'SIGKILL'])
  // The last line may have been cut by the kill.
  for (const line of text.split('\n').slice(0, -1)) {
    const [sequence, type] = line.split(' ') as [string, string]
    // What an operator did may be told twice, by who did it and by who leads; but never as two different things.
    expect(acknowledged.get(Number(sequence)) ?? type).toBe(type)
    acknowledged.set(Number(sequence), type)
  }
}

describe(`a controller that is killed at ${KILLS} random moments`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gradvis-kill-'))
    location = join(folder, 'rollout.db')
    const random = seededRandom(20_250_110)
    const seeds = Array.from({ length: KILLS }, (_none, index) => index)
    const work = async () => {
      for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) await runAndKill(seed, random() * 120)
    }
    await Promise.all(Array.from({ length: INSTANCES }, work))
    const store = await openRolloutStore(location, { clock: systemClock, logger: silentLogger })
    events = await store.readEvents(0)
    await store.close()
  }, 300_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('leaves a log without a gap and without a double', () => {
    expect(events.length).toBeGreaterThan(KILLS)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index + 1))
  })

  it('loses no event that was acknowledged, and changes none', () => {
    expect(acknowledged.size).toBeGreaterThan(KILLS)
    for (const [sequence, type] of acknowledged) expect(events[sequence - 1]?.event.type).toBe(type)
  })

  it('skips no gate: whatever the engine advanced rests on a verdict that has everything met', () => {
    const byEngine = events.filter(({ actor, event }) => event.type === 'phase_entered' && actor.startsWith('engine@'))
    const later = byEngine.filter(({ event }) => event.type === 'phase_entered' && event.phase !== 'phase-0')
    expect(later.length).toBeGreaterThan(0)
    for (const { event } of later) {
      if (event.type !== 'phase_entered') continue
      expect(event.verdict).toMatchObject({ action: 'advance', next: { phase: event.phase } })
      expect(event.verdict?.criteria.map(({ outcome }) => outcome)).not.toContain('unmet')
      expect(event.verdict?.criteria.map(({ outcome }) => outcome)).not.toContain('missing')
    }
  })

  it('writes nothing that does not apply, so that the status is the fold of the log', () => {
    let status = emptyStatus
    for (const stored of events) {
      const next = step(status, stored)
      expect(next.services, `${stored.sequence} ${stored.event.type}`).not.toBe(status.services)
      status = next
    }
    expect(status).toEqual(foldState(events))
  })
})
