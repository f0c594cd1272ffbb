import type { ProbeScratch } from '@gradvis/base-service'

import type { FailureCode } from '../FailureCode.ts'
import type { NetworkConnectivityOptions, NetworkInterfaces } from '../NetworkConnectivityOptions.ts'
import { ScratchBackend } from './ScratchBackend.ts'
import { startNameServer } from './startNameServer.ts'

/** A way in which a network really is, on loopback, and what a diagnosis must find; null: nothing is broken. */
export type ScratchNetwork = Readonly<{ name: string; code: FailureCode | null; options: NetworkConnectivityOptions }>

/** For what is found by waiting. */
const SHORT_DEADLINE_MS = 250

const LINKED: NetworkInterfaces = { eth0: [interfaceWith('192.0.2.7')] }
const SELF_ASSIGNED: NetworkInterfaces = { eth0: [interfaceWith('169.254.7.7')] }

/** The servers behind the networks are closed when the probe ends. Nobody outside this machine is asked. */
export async function openScratchNetworks({ resources }: ProbeScratch): Promise<readonly ScratchNetwork[]> {
  const backend = resources.use(await ScratchBackend.open())
  const nameServer = resources.use(await startNameServer())
  const at = (url: string, options: NetworkConnectivityOptions = {}): NetworkConnectivityOptions => ({
    endpoints: [{ name: 'backend', url, echo: true }],
    dnsServers: [nameServer.address],
    interfaces: () => LINKED,
    ...options,
  })
  const soon = { diagnosisDeadlineMs: SHORT_DEADLINE_MS }
  return [
    { name: 'a healthy backend', code: null, options: at(backend.url('/healthy')) },
    { name: 'a closed port', code: 'tcp_refused', options: at(`http://127.0.0.1:${await closedPort()}/`) },
    { name: 'an answer without the nonce', code: 'portal_suspected', options: at(backend.url('/foreign')) },
    { name: 'a captive portal', code: 'portal_suspected', options: at(backend.url('/portal')) },
    { name: 'a server error', code: 'backend_status', options: at(backend.url('/error')) },
    { name: 'a cut connection', code: 'backend_failed', options: at(backend.url('/cut')) },
    { name: 'a backend that hangs', code: 'backend_timed_out', options: at(backend.url('/silent'), soon) },
    { name: 'no TLS behind https', code: 'tls_failed', options: at(`https://127.0.0.1:${backend.port}/`) },
    { name: 'an unknown name', code: 'dns_not_found', options: at('http://backend.invalid/') },
    { name: 'a name server that hangs', code: 'dns_timed_out', options: at('http://silent.invalid/', soon) },
    { name: 'no network', code: 'no_interface', options: at('http://backend.invalid/', { interfaces: () => ({}) }) },
    {
      name: 'no address from the network',
      code: 'no_address',
      options: at('http://backend.invalid/', { interfaces: () => SELF_ASSIGNED }),
    },
  ]
}

/** Where nobody listens: it was free a moment ago. */
async function closedPort(): Promise<number> {
  await using backend = await ScratchBackend.open()
  return backend.port
}

function interfaceWith(address: string) {
  const netmask = '255.255.255.0'
  return { address, netmask, family: 'IPv4', mac: '00:00:00:00:00:00', internal: false, cidr: `${address}/24` } as const
}
