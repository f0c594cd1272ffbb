import type { AddressInfo } from 'node:net'

import { type Clock, type Logger, silentLogger, systemClock } from '@gradvis/kernel'
import { WebSocketServer } from 'ws'

import { MAX_SIGNALLING_FRAME_BYTES } from './SignallingFrame.ts'
import { type Authorize, SignallingConnection } from './SignallingConnection.ts'
import { DEFAULT_MAX_PEERS, SignallingRooms } from './SignallingRooms.ts'

export type SignallingServerOptions = Readonly<{
  /** Decides whether the bearer of the token may be this peer in this room. A rejection counts as no. */
  authorize: Authorize
  /** Default `127.0.0.1`. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  maxPeersPerRoom?: number
  /** Frames of one client beyond this many a second end its connection, once a burst of 500 is used up. Default 100. */
  maxFramesPerSecond?: number
  clock?: Clock
  logger?: Logger
}>

export type SignallingServer = Readonly<{
  /** What `createWebSocketSignalling` takes. */
  url: string
  /** Ends every connection and frees the port. Idempotent. */
  close(): Promise<void>
}>

/** How often every client must show a sign of life. */
const PING_MS = 15_000

/**
 * The reference signalling server: one process, rooms in memory. Descriptions pass through it and are not kept; it
 * sees which addresses peers have, and none of their media or messages.
 */
export async function startSignallingServer(options: SignallingServerOptions): Promise<SignallingServer> {
  const { host = '127.0.0.1', port = 0, clock = systemClock, logger = silentLogger } = options
  const rooms = new SignallingRooms(options.maxPeersPerRoom ?? DEFAULT_MAX_PEERS)
  const limits = { authorize: options.authorize, maxFramesPerSecond: options.maxFramesPerSecond ?? 100 }
  const connections = new Set<SignallingConnection>()
  const server = new WebSocketServer({ host, port, maxPayload: MAX_SIGNALLING_FRAME_BYTES, perMessageDeflate: false })
  server.on('connection', (socket) => {
    const connection = new SignallingConnection(socket, rooms, { ...limits, clock, logger })
    connections.add(connection)
    socket.once('close', () => connections.delete(connection))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  let cancelPing = clock.schedule(PING_MS, function ping() {
    for (const connection of connections) connection.checkAlive()
    cancelPing = clock.schedule(PING_MS, ping)
  })
  const { address, port: boundPort, family } = server.address() as AddressInfo
  return {
    url: `ws://${family === 'IPv6' ? `[${address}]` : address}:${boundPort}`,
    close: () => {
      cancelPing()
      for (const connection of connections) connection.terminate()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
