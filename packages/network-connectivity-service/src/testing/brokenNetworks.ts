import type { FailureCode } from '../FailureCode.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import { findRefusedPort } from './findRefusedPort.ts'
import { type DnsBehaviour, startDnsServer } from './startDnsServer.ts'
import { answering, startHttpServer } from './startHttpServer.ts'
import { startTcpServer } from './startTcpServer.ts'

type BrokenNetwork = AsyncDisposable & Readonly<{ options: NetworkConnectivityOptions }>

/** Ways in which a network on loopback can really be broken, and what a diagnosis must find. */
export const brokenNetworks: readonly Readonly<{
  name: string
  code: FailureCode
  start: () => Promise<BrokenNetwork>
}>[] = [
  { name: 'no interface', code: 'no_interface', start: async () => localFault({}) },
  {
    name: 'no interface but the loopback',
    code: 'no_interface',
    start: async () => localFault({ lo: [{ address: '127.0.0.1', internal: true } as never] }),
  },
  {
    name: 'only an address that the machine gave itself',
    code: 'no_address',
    start: async () => localFault({ wlan0: [{ address: '169.254.7.7', internal: false } as never] }),
  },
  { name: 'a name that does not exist', code: 'dns_not_found', start: () => nameFault('NXDOMAIN') },
  { name: 'a name server that fails', code: 'dns_failed', start: () => nameFault('SERVFAIL') },
  { name: 'a name server that is silent', code: 'dns_timed_out', start: () => nameFault('silence') },
  {
    name: 'a port that is refused',
    code: 'tcp_refused',
    start: async () => at(await findRefusedPort(), new AsyncDisposableStack()),
  },
  { name: 'a server that is silent', code: 'backend_timed_out', start: () => serverFault(startTcpServer()) },
  {
    name: 'a server that answers 500',
    code: 'backend_status',
    start: () => serverFault(startHttpServer(answering(500))),
  },
  {
    name: 'a captive portal that redirects',
    code: 'portal_suspected',
    start: () => serverFault(startHttpServer(answering(302, { location: 'http://portal.test/' }))),
  },
  {
    name: 'a server that cuts the connection',
    code: 'backend_failed',
    start: () => serverFault(startTcpServer((socket) => socket.on('data', () => socket.resetAndDestroy()))),
  },
]

function localFault(interfaces: ReturnType<NonNullable<NetworkConnectivityOptions['interfaces']>>): BrokenNetwork {
  const endpoints = [{ name: 'api', url: 'http://backend.test/' }]
  return withOptions({ endpoints, interfaces: () => interfaces }, new AsyncDisposableStack())
}

async function nameFault(behaviour: DnsBehaviour): Promise<BrokenNetwork> {
  const stack = new AsyncDisposableStack()
  const dns = stack.use(await startDnsServer(behaviour))
  const eth0 = [{ address: '192.0.2.7', internal: false } as never]
  const endpoints = [{ name: 'api', url: 'http://backend.test/' }]
  return withOptions({ endpoints, dnsServers: [dns.address], interfaces: () => ({ eth0 }) }, stack)
}

async function serverFault(starting: Promise<AsyncDisposable & Readonly<{ port: number }>>): Promise<BrokenNetwork> {
  const stack = new AsyncDisposableStack()
  return at(stack.use(await starting).port, stack)
}

function at(port: number, stack: AsyncDisposableStack): BrokenNetwork {
  return withOptions({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${port}/` }] }, stack)
}

function withOptions(options: NetworkConnectivityOptions, stack: AsyncDisposableStack): BrokenNetwork {
  return { options, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
