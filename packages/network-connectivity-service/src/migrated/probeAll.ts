import type { Clock } from '@gradvis/kernel'

import type { EndpointCheck } from '../BackendCheck.ts'
import type { ParsedOptions } from './parseOptions.ts'
import { probeEndpoint } from './probeEndpoint.ts'

/** Probes every endpoint at the same time. What has not answered by the deadline is answered for: it timed out. */
export async function probeAll(
  { endpoints, dnsServers }: ParsedOptions,
  clock: Clock,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<EndpointCheck[]> {
  const deadline = new AbortController()
  const cancelDeadline = clock.schedule(deadlineMs, () => deadline.abort())
  const probing = { clock, dnsServers, deadline: deadline.signal, signal }
  try {
    return await Promise.all(endpoints.map((endpoint) => probeEndpoint(endpoint, probing)))
  } finally {
    cancelDeadline()
  }
}
