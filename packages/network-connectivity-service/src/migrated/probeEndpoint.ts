import type { Socket } from 'node:net'

import type { Clock } from '@gradvis/kernel'

import type { EndpointCheck, ProbeStep } from '../BackendCheck.ts'
import type { FailureCode } from '../FailureCode.ts'
import type { ProbeLayer } from '../Layer.ts'
import { askBackend } from './askBackend.ts'
import { classifyFailure } from './classifyFailure.ts'
import { openSecureSocket, openSocket } from './openSocket.ts'
import type { ParsedEndpoint } from './parseOptions.ts'
import { resolveHost } from './resolveHost.ts'

/** `deadline` ends a probe with the answer that it timed out; `signal` ends it with a rejection. */
export type Probing = Readonly<{
  clock: Clock
  dnsServers: readonly string[] | undefined
  deadline: AbortSignal
  signal: AbortSignal
}>

type Finding = Readonly<{ evidence: string; code?: FailureCode | null }>
type Judged = { statusCode: number | null; errorCode: FailureCode | null; steps: ProbeStep[] }

/** One GET over a connection of its own, which is gone when this settles. Redirects are not followed. */
export async function probeEndpoint(endpoint: ParsedEndpoint, probing: Probing): Promise<EndpointCheck> {
  const startedMs = probing.clock.monotonicMs()
  const judged: Judged = { statusCode: null, errorCode: null, steps: [] }
  try {
    await climb(endpoint, probing, judged)
  } catch (error) {
    probing.signal.throwIfAborted()
    if (judged.errorCode === null) throw error
  }
  const durationMs = probing.clock.monotonicMs() - startedMs
  return { endpoint: endpoint.name, role: endpoint.role, reachable: judged.errorCode === null, durationMs, ...judged }
}

/** Layer upon layer, until one fails. */
async function climb(
  endpoint: ParsedEndpoint,
  { clock, dnsServers, deadline, signal: given }: Probing,
  judged: Judged,
) {
  const signal = AbortSignal.any([given, deadline])
  const step = async <T>(layer: ProbeLayer, work: Promise<T>, describe: (result: T) => Finding): Promise<T> => {
    const startedMs = clock.monotonicMs()
    const record = ({ evidence, code = null }: Finding) => {
      judged.errorCode = code
      judged.steps.push({ layer, ok: code === null, durationMs: clock.monotonicMs() - startedMs, evidence })
    }
    try {
      const result = await work
      record(describe(result))
      return result
    } catch (error) {
      record(deadline.aborted ? { code: `${layer}_timed_out`, evidence: 'silence' } : classifyFailure(layer, error))
      throw error
    }
  }
  let socket: Socket | undefined
  try {
    const resolving = resolveHost(endpoint.host, { clock, dnsServers, signal })
    const addresses = await step('dns', resolving, (found) => ({
      evidence: found.map((one) => one.address).join(', '),
    }))
    socket = await step('tcp', openSocket(endpoint, addresses, signal), ({ remoteAddress, remotePort }) => ({
      evidence: `${remoteAddress}:${remotePort}`,
    }))
    if (endpoint.secure)
      socket = await step('tls', openSecureSocket(endpoint, socket, signal), (secured) => ({
        evidence: secured.getProtocol() ?? '',
      }))
    const { statusCode } = await step('backend', askBackend(endpoint, socket, signal), (answer) => answer)
    judged.statusCode = statusCode
  } finally {
    socket?.destroy()
  }
}
