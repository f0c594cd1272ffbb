import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely, type TLSSocket } from 'node:tls'

import type { ParsedEndpoint } from './parseOptions.ts'
import type { HostAddress } from './resolveHost.ts'

/** A TCP connection to the first of the addresses that takes one. Nothing stays open when it rejects. */
export async function openSocket(
  endpoint: ParsedEndpoint,
  addresses: readonly HostAddress[],
  signal: AbortSignal,
): Promise<Socket> {
  return ready(
    connect({
      host: endpoint.host,
      port: endpoint.port,
      autoSelectFamily: true,
      lookup: (_host, _options, callback) => callback(null, [...addresses]),
    }),
    'connect',
    signal,
  )
}

/** TLS over a connection; both are closed together. */
export async function openSecureSocket(
  endpoint: ParsedEndpoint,
  socket: Socket,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const { host, ca } = endpoint
  return ready(
    connectSecurely({
      socket,
      host,
      ALPNProtocols: ['http/1.1'],
      // An address is no server name (RFC 6066, section 3): it is only compared with the certificate.
      ...(!isIP(host) && { servername: host }),
      ...(ca !== undefined && { ca }),
    }),
    'secureConnect',
    signal,
  )
}

async function ready<S extends Socket>(socket: S, event: string, signal: AbortSignal): Promise<S> {
  // A hostile peer may fail the connection at any later time; whoever uses it then learns it by its own means.
  socket.on('error', () => {})
  try {
    await once(socket, event, { signal })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}
