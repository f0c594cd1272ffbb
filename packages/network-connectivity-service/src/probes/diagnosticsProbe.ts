import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'

import { FAILURE_LAYERS } from '../FailureCode.ts'
import { openScratchNetworks } from './openScratchNetworks.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** Breaks a network in every way that loopback allows; each time `diagnose` must name what is wrong. */
export async function diagnosticsProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const { context, signal } = scratch
  const checks = (await openScratchNetworks(scratch)).map(({ name, code, options }) =>
    scratch.check(name, async () => {
      const service = await scratch.start(create(context, options))
      const report = await service.diagnose(undefined, { signal })
      await service.stop()
      const layer = code && FAILURE_LAYERS[code]
      return [
        ...(report.code === code ? [] : ['another cause was found']),
        ...(report.firstFailingLayer === layer ? [] : ['another layer was found']),
        ...(report.verdict === (code ? 'failed' : 'ok') ? [] : ['another verdict was given']),
      ]
    }),
  )
  await Promise.all(checks)
  return {}
}
