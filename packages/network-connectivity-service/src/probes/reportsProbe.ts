import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'

import { NetworkConnectivitySettings } from '../NetworkConnectivityOptions.ts'
import { openScratchNetworks } from './openScratchNetworks.ts'
import { reportFaults } from './reportFaults.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** Of the same network, to see that they agree. */
const REPORTS = 3
/** What a busy machine may add to a deadline before the report counts as late. */
const GRACE_MS = 500

/** Reports on each network several times: complete, in order, in time, in both languages, and the same each time. */
export async function reportsProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const { context, signal } = scratch
  const { clock } = context
  const networks = await openScratchNetworks(scratch)
  const checks = networks.map(({ name, options }) =>
    scratch.check(name, async () => {
      const { diagnosisDeadlineMs, endpoints } = NetworkConnectivitySettings.parse({
        diagnosisDeadlineMs: options.diagnosisDeadlineMs,
        endpoints: options.endpoints,
      })
      const service = await scratch.start(create(context, options))
      const faults = new Set<string>()
      const shapes = new Set<string>()
      for (let report = 0; report < REPORTS; report += 1) {
        const [beganAtMs, beganMs] = [clock.now(), clock.monotonicMs()]
        const diagnosis = await service.diagnose(undefined, { signal })
        const tookMs = clock.monotonicMs() - beganMs
        const limitMs = diagnosisDeadlineMs + GRACE_MS
        const asked = { endpoints: endpoints.map((one) => one.name), limitMs, tookMs, beganAtMs }
        for (const fault of reportFaults(diagnosis, asked)) faults.add(fault)
        shapes.add(shapeOf(diagnosis))
      }
      await service.stop()
      return [...faults, ...(shapes.size === 1 ? [] : ['not the same each time'])]
    }),
  )
  await Promise.all(checks)
  return { reports: networks.length * REPORTS }
}

/** All but times, which two reports of the same network may differ in. */
function shapeOf(report: unknown): string {
  return JSON.stringify(report, (key, value: unknown) =>
    key === 'durationMs' || key === 'startedAt' ? typeof value : value,
  )
}
