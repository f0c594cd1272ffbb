import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { systemClock } from '@gradvis/kernel'
import { type TrailReport, verifyLog } from '@gradvis/privacy'
import { seededRandom } from '@gradvis/rollout'
import { openRecordLog, type RecordLog } from '@gradvis/rollout-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const KILLS = 100
const PROCESSES = 4
const ENTRIES = 100_000
const PER_GROUP = 100
/** On average as many groups per life as it takes to write all of the entries in that many lives. */
const MOST_GROUPS = (2 * ENTRIES) / PER_GROUP / KILLS
const PROCESS = fileURLToPath(new URL('../testing/recordForEver.ts', import.meta.url))

const random = seededRandom(20_250_110)
const acknowledged = new Map<string, number>()
const written = new Map<string, number[]>()
let folder: string
let log: RecordLog
let report: TrailReport

const total = () => [...acknowledged.values()].reduce((sum, count) => sum + count, 0)

/** Lets one process record until it has had so many entries acknowledged, and kills it some moment later. */
async function runAndKill(writer: string, isEnough: (count: number) => boolean): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=@gradvis/source', '--no-warnings', PROCESS, join(folder, 'audit.db'), writer, String(PER_GROUP)],
    // A hundred processes are started: each one reads what the first one has compiled.
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') } },
  )
  let isDue = false
  createInterface(child.stdout).on('line', (line) => {
    acknowledged.set(writer, Number(line))
    if (isDue || !isEnough(Number(line))) return
    isDue = true
    setTimeout(() => child.kill('SIGKILL'), random() * 20)
  })
  expect(await once(child, 'close')).toEqual([null, 'SIGKILL'])
}

describe(`${ENTRIES} audit entries by ${PROCESSES} processes that are killed at ${KILLS} random moments`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gradvis-audit-'))
    const lives = Array.from({ length: KILLS }, (_none, index) => `writer-${index}`)
    const live = async () => {
      for (let writer = lives.pop(); writer !== undefined; writer = lives.pop()) {
        const enough = random() * MOST_GROUPS * PER_GROUP
        const isLast = lives.length < PROCESSES
        await runAndKill(writer, (count) => (isLast ? total() >= ENTRIES : count >= enough))
      }
    }
    await Promise.all(Array.from({ length: PROCESSES }, live))
    log = await openRecordLog(join(folder, 'audit.db'), { clock: systemClock })
    report = await verifyLog(log)
    for (
      let page = await log.read(0, 10_000);
      page.length > 0;
      page = await log.read(page.at(-1)?.sequence ?? 0, 10_000)
    )
      for (const { body } of page) {
        const { writer, count } = (JSON.parse(body) as { details: { writer: string; count: number } }).details
        written.set(writer, [...(written.get(writer) ?? []), count])
      }
  }, 240_000)
  afterAll(async () => {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('are one valid chain', () => {
    expect(report).toMatchObject({ first: 1, erased: 0, broken: undefined })
    expect(report.entries).toBeGreaterThanOrEqual(ENTRIES)
    expect(report.entries).toBe([...written.values()].reduce((sum, counts) => sum + counts.length, 0))
  })

  it('lose nothing that was acknowledged, and hold no group in halves, twice or out of order', () => {
    expect(acknowledged.size).toBe(KILLS)
    for (const [writer, count] of acknowledged) {
      const counts = written.get(writer) ?? []
      expect(counts).toEqual(Array.from({ length: counts.length }, (_none, index) => index + 1))
      expect([count, count + PER_GROUP]).toContain(counts.length)
    }
  })
})
