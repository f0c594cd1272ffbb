import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

import { abortable, type Clock, sleep } from '@gradvis/kernel'

import { systemCodes } from './systemCodes.ts'

/** How long a family that answers late may still join one that has answered (RFC 8305, section 3). */
const SECOND_FAMILY_MS = 50

const LOOPBACK = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
] as const

export type HostAddress = Readonly<{ address: string; family: number }>
export type Resolving = Readonly<{ clock: Clock; dnsServers: readonly string[] | undefined; signal: AbortSignal }>

/**
 * Asks DNS directly, because `getaddrinfo` cannot be cancelled and blocks one of the process's four threads. Only when
 * DNS has answered that it does not know is the system asked, which also reads the hosts file.
 */
export async function resolveHost(
  host: string,
  { clock, dnsServers, signal }: Resolving,
): Promise<readonly HostAddress[]> {
  if (isIP(host)) return [{ address: host, family: isIP(host) }]
  // Such names never leave the machine (RFC 6761, section 6.3).
  if (/(^|\.)localhost$/.test(host)) return LOOPBACK
  const resolver = new Resolver({ timeout: 1_500, tries: 1 })
  if (dnsServers) resolver.setServers(dnsServers)
  try {
    return await abortable(queryBoth(resolver, host, clock, signal), signal)
  } catch (error) {
    // Where DNS is silent, asking the system would only hang too.
    if (dnsServers || signal.aborted || systemCodes(error).includes('ETIMEOUT')) throw error
    return await abortable(lookup(host, { all: true }), signal)
  } finally {
    resolver.cancel()
  }
}

async function queryBoth(resolver: Resolver, host: string, clock: Clock, signal: AbortSignal): Promise<HostAddress[]> {
  const found: HostAddress[] = []
  const add = (family: number) => (addresses: readonly string[]) =>
    found.push(...addresses.map((address) => ({ address, family })))
  const queries = [resolver.resolve4(host).then(add(4)), resolver.resolve6(host).then(add(6))]
  await Promise.any(queries)
  const enough = new AbortController()
  const late = sleep(clock, SECOND_FAMILY_MS, AbortSignal.any([signal, enough.signal])).catch(() => {})
  await Promise.race([Promise.allSettled(queries), late])
  enough.abort()
  return found
}
