import { createServer, type Socket } from 'node:net'

import { listenOnLoopback, type TestServer } from './TestServer.ts'

/** Does with each connection what it is told; without being told, accepts it and never says a word. */
export function startTcpServer(onConnection: (socket: Socket) => void = () => {}): Promise<TestServer> {
  const server = createServer((socket) => {
    onConnection(socket)
    // Whoever does not read never learns that the far end has gone.
    socket.resume()
  })
  return listenOnLoopback(server, [])
}
