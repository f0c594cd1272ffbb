import type { FailureCode } from '../FailureCode.ts'
import type { NetworkInterfaces } from '../NetworkConnectivityOptions.ts'
import type { ParsedOptions } from './parseOptions.ts'

/** `failure` is undefined where the system does not tell. Evidence names interfaces, never addresses. */
export type Link = Readonly<{ failure: FailureCode | null | undefined; evidence: string }>

/** Addresses that a machine gives itself when nobody else gave it one (RFC 3927, RFC 4291). */
const SELF_ASSIGNED = /^(169\.254\.|fe[89ab])/i

/** Whether this machine has an interface with an address. Loopback counts where the endpoints need no more. */
export function readLink({ interfaces, endpoints }: Pick<ParsedOptions, 'interfaces' | 'endpoints'>): Link {
  const all = attempt(interfaces)
  if (!all) return { failure: undefined, evidence: 'not readable' }
  const loopbackIsEnough = endpoints.length > 0 && endpoints.every((endpoint) => endpoint.loopback)
  const usable = Object.entries(all).flatMap(([name, addresses = []]) =>
    addresses.filter((one) => loopbackIsEnough || !one.internal).map(({ address }) => ({ name, address })),
  )
  const addressed = usable.filter((one) => !SELF_ASSIGNED.test(one.address))
  const named = (list: typeof usable) => [...new Set(list.map((one) => one.name))].join(', ')
  if (usable.length === 0) return { failure: 'no_interface', evidence: 'none' }
  if (addressed.length === 0) return { failure: 'no_address', evidence: named(usable) }
  return { failure: null, evidence: named(addressed) }
}

/** Some systems forbid to look: then nothing is known, which is no failure. */
function attempt(interfaces: () => NetworkInterfaces): NetworkInterfaces | undefined {
  try {
    return interfaces()
  } catch {
    return undefined
  }
}
