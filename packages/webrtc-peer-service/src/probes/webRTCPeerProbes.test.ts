import { setTimeout as delay } from 'node:timers/promises'

import type { ServiceProbe } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { RecordingAuditTrail } from '@gradvis/privacy/testing'
import { afterEach, describe, expect, it } from 'vitest'

import { createMigratedWebRTCPeerService } from '../migrated/index.ts'
import { expectNoSockets, expectNoTimers } from '../testing/Stage.ts'
import { webRTCPeerProbes } from './index.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

const ids = ['webrtc-connections', 'media-base-service', 'audio-video', 'peers-under-load'] as const
type Id = (typeof ids)[number]

function probeOf(id: Id, create?: ServiceFactory): ServiceProbe {
  return webRTCPeerProbes(createTestContext(), create).find((probe) => probe.id === id)!
}

type Service = ReturnType<ServiceFactory>

/** The migrated implementation with a defect. */
function broken(defect: (sound: Service) => Partial<Service>): ServiceFactory {
  return (context, options) => {
    const service = createMigratedWebRTCPeerService(context, options)
    const stop = service.stop.bind(service)
    return Object.assign(service, defect({ ...service, stop }))
  }
}

afterEach(async () => {
  await expectNoSockets()
  await expectNoTimers()
})

describe('the probes of WebRTCPeerService', () => {
  it('have the ids of the criteria that ask for them', () => {
    expect(webRTCPeerProbes(createTestContext()).map(({ id }) => id)).toEqual(ids)
  })

  it.each(ids)('pass on the migrated implementation, well under ten seconds, with numbers: %s', async (id) => {
    const { passed, evidence } = await probeOf(id).run(new AbortController().signal)
    expect(evidence).not.toHaveProperty('failed')
    expect(passed).toBe(true)
    expect(evidence['passed']).toBe(evidence['cases'])
    expect(evidence['cases']).toBeGreaterThan(3)
    expect(evidence['durationMs']).toBeLessThan(8_000)
  })

  it('are repeatable, also all at the same time', async () => {
    const runs = ids.map((id) => probeOf(id).run(new AbortController().signal))
    expect(await Promise.all(runs)).toEqual(runs.map(() => expect.objectContaining({ passed: true })))
  })

  it('are neither observed nor logged nor audited as the service in production', async () => {
    const audit = new RecordingAuditTrail()
    const context = createTestContext({ audit })
    await Promise.all(webRTCPeerProbes(context).map((probe) => probe.run(new AbortController().signal)))
    expect([context.observations, context.logger.lines, audit.records]).toEqual([[], [], []])
  })
})

describe('a probe that is aborted', () => {
  const moments = ids.flatMap((id) => [0, 60, 200].map((afterMs) => [id, afterMs] as const))

  it.each(moments)('ends at once and leaves nothing behind: %s after %d ms', async (id, afterMs) => {
    const aborter = new AbortController()
    const run = probeOf(id).run(aborter.signal)
    run.catch(() => {})
    await delay(afterMs)
    const abortedMs = performance.now()
    aborter.abort(new Error('not now'))
    await expect(run).rejects.toThrow('not now')
    expect(performance.now() - abortedMs).toBeLessThan(2_500)
  })

  it('ends at once when the implementation hangs', async () => {
    const aborter = new AbortController()
    const called = Promise.withResolvers<void>()
    const stuck = broken(() => ({
      joinRoom: () => {
        called.resolve()
        return new Promise(() => {})
      },
    }))
    const run = probeOf('peers-under-load', stuck).run(aborter.signal)
    await called.promise
    aborter.abort(new Error('not now'))
    await expect(run).rejects.toThrow('not now')
  })
})
