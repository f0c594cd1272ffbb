import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A real server on loopback. Disposing it cuts every connection. */
export type TestServer = AsyncDisposable &
  Readonly<{
    port: number
    /** Every request so far. Empty for servers that do not speak HTTP. */
    requests: readonly IncomingMessage[]
    /** How many connections there have been. */
    connections: () => number
    openConnections: () => number
  }>

export async function listenOnLoopback(server: Server, requests: readonly IncomingMessage[]): Promise<TestServer> {
  const open = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    open.add(socket)
    // The far end goes away without a word in many a case.
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    openConnections: () => open.size,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
