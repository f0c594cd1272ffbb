import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import type { LeakFinding } from '@gradvis/privacy'
import { beforeEach, describe, expect, it } from 'vitest'

import { LeakReports, type Violation } from './LeakReports.ts'

const leak: LeakFinding = {
  service: 'NoteService',
  implementation: 'migrated',
  channel: 'log',
  kind: 'personnummer',
  path: 'note',
  redacted: true,
}
let clock: ManualClock
let logger: RecordingLogger
let reports: LeakReports
let reported: Violation[]
const report = async (violation: Violation) => void reported.push(violation)

beforeEach(() => {
  clock = new ManualClock()
  logger = new RecordingLogger()
  reports = new LeakReports({ clock, logger })
  reported = []
})

describe('findings', () => {
  it('are counted each time and logged once', () => {
    reports.add(leak)
    reports.add(leak)
    reports.add({ ...leak, channel: 'error' })
    expect(reports.counts.map(({ channel, count }) => [channel, count])).toEqual([
      ['log', 2],
      ['error', 1],
    ])
    expect(logger.lines).toHaveLength(2)
  })

  it('take no more memory than a thousand different ones, whatever paths there are', () => {
    for (let index = 0; index < 1_200; index++) reports.add({ ...leak, path: `field-${index}` })
    expect([reports.counts.length, reports.counts.at(-1)?.count, logger.lines.length]).toEqual([1_001, 200, 1_000])
  })
})

describe('a violation', () => {
  it('is reported when it is found, and when it was found before anybody listened', async () => {
    reports.add(leak)
    reports.reportTo(report)
    await reports.stop()
    expect(reported).toEqual([leak])
  })

  it('is what the migrated side leaks beyond doubt, and nothing else', async () => {
    reports.reportTo(report)
    reports.add({ ...leak, implementation: 'legacy' })
    reports.add({ ...leak, service: undefined, implementation: undefined })
    reports.add({ ...leak, kind: 'ipv4' })
    await reports.stop()
    expect([reported.length, reports.counts.length]).toEqual([0, 3])
  })

  it('is reported again and again until it has been written', async () => {
    let isAway = true
    reports.reportTo((violation) => (isAway ? Promise.reject(new Error('away')) : report(violation)))
    reports.add(leak)
    await expect.poll(() => clock.pendingTimers).toBe(1)
    isAway = false
    clock.advance(1_000)
    await reports.stop()
    expect(reported).toEqual([leak])
  })

  it('takes its service back also while that of another service cannot be written', async () => {
    const other = { ...leak, service: 'OtherService' }
    reports.add(leak)
    reports.add(other)
    reports.reportTo((violation) =>
      violation.service === leak.service ? Promise.reject(new Error('refused')) : report(violation),
    )
    await expect.poll(() => clock.pendingTimers).toBe(1)
    expect(reported).toEqual([other])
    clock.advance(1_000)
    await reports.stop()
    expect(reported).toEqual([other])
  })

  it('is tried once a second while the store is away, however much leaks meanwhile', async () => {
    let attempts = 0
    reports.reportTo(() => {
      attempts += 1
      return Promise.reject(new Error('away'))
    })
    for (let second = 1; second <= 3; second++) {
      for (let count = 0; count < 5; count++) {
        reports.add(leak)
        await expect.poll(() => clock.pendingTimers).toBe(1)
      }
      expect(attempts).toBe(second)
      clock.advance(1_000)
    }
    await reports.stop()
  })

  it('is not tried again once it is stopped', async () => {
    reports.reportTo(() => Promise.reject(new Error('away')))
    reports.add(leak)
    await reports.stop()
    clock.advance(10_000)
    expect(clock.pendingTimers).toBe(0)
  })
})
