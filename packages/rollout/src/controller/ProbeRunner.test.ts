import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { foldState } from '../state/foldState.ts'
import { adopted, entered, logOf } from '../testing/logOf.ts'
import type { Probe, ProbeResult } from './Probe.ts'
import { type ProbeReportDue, ProbeRunner } from './ProbeRunner.ts'

const service = 'NetworkConnectivityService'
const id = 'network-diagnostics'
const running = foldState(logOf(adopted(), entered(service, 'initial')))
const passed: ProbeResult = { passed: true, evidence: { cases: 4 } }

function setUp(run: Probe['run'], options: { intervalMs?: number } = {}) {
  const clock = new ManualClock(5_000)
  const logger = new RecordingLogger()
  const reports: ProbeReportDue[] = []
  const runner = new ProbeRunner({ probes: [{ service, id, run }], clock, logger, ...options })
  const runDue = (status = running) => runner.runDue(status, async (due) => void reports.push(due))
  return { clock, logger, reports, runner, runDue }
}

describe('a probe', () => {
  it('runs when the gate of the current phase asks for it, and its result is reported', async () => {
    const { runDue, runner, reports } = setUp(async () => passed)
    runDue()
    await expect.poll(() => reports).toMatchObject([{ probe: { id }, result: passed }])
    await runner.stop()
  })

  it.each([
    ['the service has not begun', foldState(logOf(adopted()))],
    [
      'the phase does not ask for it',
      foldState(logOf(adopted(), entered(service, 'initial'), entered(service, 'extended'))),
    ],
    [
      'everything is forced to legacy',
      foldState([...logOf(adopted(), entered(service, 'initial'), { type: 'emergency_stop_set', on: true })]),
    ],
    [
      'there is a fresh report',
      foldState(
        logOf(adopted(), entered(service, 'initial'), { type: 'probe_reported', service, probe: id, ...passed }),
      ),
    ],
  ])('does not run when %s', async (_case, status) => {
    let runs = 0
    const { runDue, runner } = setUp(async () => (runs++, passed))
    runDue(status)
    await runner.stop()
    expect(runs).toBe(0)
  })

  it('runs again when its report is older than the interval', async () => {
    const reported = foldState(
      logOf(adopted(), entered(service, 'initial'), { type: 'probe_reported', service, probe: id, ...passed }),
    )
    const { runDue, runner, clock, reports } = setUp(async () => passed, { intervalMs: 60_000 })
    clock.advance(60_000)
    runDue(reported)
    await expect.poll(() => reports).toHaveLength(1)
    await runner.stop()
  })

  it('that rejects has failed, with a code and never a message as evidence', async () => {
    const { runDue, runner, reports } = setUp(() => Promise.reject(new TypeError('somebody@example.org')))
    runDue()
    await expect.poll(() => reports).toMatchObject([{ result: { passed: false, evidence: { error: 'TypeError' } } }])
    await runner.stop()
  })

  it('that hangs and ignores its signal has failed after a minute', async () => {
    const { runDue, runner, clock, reports } = setUp(() => new Promise(() => {}))
    runDue()
    clock.advance(60_000)
    await expect.poll(() => reports).toMatchObject([{ result: { passed: false } }])
    expect(clock.pendingTimers).toBe(0)
    await runner.stop()
  })

  it('that runs when the instance stops is aborted, and reports nothing', async () => {
    let aborted = false
    const { runDue, runner, reports } = setUp(
      (signal) => new Promise(() => signal.addEventListener('abort', () => (aborted = true))),
    )
    runDue()
    await runner.stop()
    expect([aborted, reports.length]).toEqual([true, 0])
  })

  it('never runs twice at the same time', async () => {
    let runs = 0
    const gate = Promise.withResolvers<ProbeResult>()
    const { runDue, runner, reports } = setUp(() => {
      runs++
      return gate.promise
    })
    runDue()
    runDue()
    gate.resolve(passed)
    await expect.poll(() => reports).toHaveLength(1)
    await runner.stop()
    expect(runs).toBe(1)
  })
})
