import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'
import { sleep } from '@gradvis/kernel'

import { ChangeLog } from './ChangeLog.ts'
import { ScratchBackend } from './ScratchBackend.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** Between two rounds, at most. */
const INTERVAL_MS = 20
/** A change shows after two rounds; a hundred would be far too late. */
const PATIENCE_MS = 2_000

/** Takes a monitored backend down and up again, twice, in two ways: every change is heard once, and in order. */
export async function monitoringProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const { context, signal } = scratch
  const backend = scratch.resources.use(await ScratchBackend.open())
  const service = await scratch.start(
    create(context, {
      endpoints: [{ name: 'backend', url: backend.url('/healthy'), echo: true }],
      intervalMs: INTERVAL_MS,
      initialBackoffMs: INTERVAL_MS,
      maxBackoffMs: INTERVAL_MS,
    }),
  )
  const log = new ChangeLog()
  const session = await service.subscribe({ listener: log.listener }, { signal })
  const story = storyOf(backend, () => service.startMonitoring(undefined, { signal }))
  const heard: string[] = []
  for (const { name, act, entry } of story) {
    heard.push(entry)
    const isHeard = await scratch.check(name, async () => {
      await act()
      await log.reaches(heard.length, context.clock, PATIENCE_MS, signal)
      return isSame(log.entries, heard)
    })
    // What comes after would be found missing too.
    if (!isHeard) return evidenceOf(log, backend)
  }
  await scratch.check('no change is heard again while nothing changes', async () => {
    await backend.moreRequests(5)
    return isSame(log.entries, heard)
  })
  await scratch.check('nothing is asked and nothing heard after the end', async () => {
    await session.close()
    await service.stopMonitoring(undefined, { signal })
    const asked = backend.requests
    await backend.close()
    // Silence can only be told from lateness by waiting.
    await sleep(context.clock, 5 * INTERVAL_MS, signal)
    const { monitoring } = await service.getStatus(undefined, { signal })
    return !monitoring && backend.requests === asked && isSame(log.entries, heard)
  })
  return evidenceOf(log, backend)
}

function storyOf(backend: ScratchBackend, begin: () => Promise<unknown>) {
  return [
    { name: 'the first round', act: begin, entry: '(yes)' },
    { name: 'the backend goes away', act: () => backend.close(), entry: 'yes → no: tcp_refused' },
    { name: 'the backend comes back', act: () => backend.reopen(), entry: 'no → yes' },
    { name: 'the backend falls ill', act: async () => void (backend.isIll = true), entry: 'yes → no: backend_status' },
    { name: 'the backend recovers', act: async () => void (backend.isIll = false), entry: 'no → yes' },
  ]
}

function evidenceOf(log: ChangeLog, backend: ScratchBackend): ProbeEvidence {
  return { changes: log.entries.length, rounds: backend.requests }
}

function isSame(actual: readonly string[], expected: readonly string[]): boolean {
  return actual.length === expected.length && actual.every((one, index) => one === expected[index])
}
