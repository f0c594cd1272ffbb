import { type Clock, type ServiceError, systemClock } from '@gradvis/kernel'
import { WebSocket } from 'ws'

import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import {
  type ClientFrame,
  MAX_SIGNALLING_FRAME_BYTES,
  parseFrame,
  type ServerFrame,
  serverFrame,
} from './SignallingFrame.ts'
import { SignallingInbox } from './SignallingInbox.ts'
import type { SignallingChannel, SignallingJoin, SignallingTransport } from './SignallingTransport.ts'

export type WebSocketSignallingOptions = Readonly<{
  /** Shown to the server, which decides on it together with room and peer. Never part of the URL. */
  token: string
  /** From the first packet to the server's answer. Default 10,000. */
  joinTimeoutMs?: number
  clock?: Clock
}>

const CLOSE_LIMIT_MS = 1_000

/** Signalling through a server as `@gradvis/webrtc-peer-service/signalling-server` starts one. */
export function createWebSocketSignalling(url: string, options: WebSocketSignallingOptions): SignallingTransport {
  return { join: (request) => joinOver(url, options, request) }
}

async function joinOver(
  url: string,
  { token, joinTimeoutMs = 10_000, clock = systemClock }: WebSocketSignallingOptions,
  { roomId, peerId, signal }: SignallingJoin,
): Promise<SignallingChannel> {
  signal.throwIfAborted()
  const socket = new WebSocket(url, { maxPayload: MAX_SIGNALLING_FRAME_BYTES, perMessageDeflate: false })
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const inbox = new SignallingInbox()
  const joined = Promise.withResolvers<readonly string[]>()
  const unreachable = () => joined.reject(webRTCPeerErrors.create('signalling_unreachable', {}))
  const onAbort = () => joined.reject(signal.reason as Error)
  const onFrame = (frame: ServerFrame | undefined) => {
    if (!frame) return socket.terminate()
    if (frame.type === 'joined') return joined.resolve(frame.present)
    if (frame.type === 'refused') return joined.reject(refusal(frame))
    inbox.push(frame)
  }
  socket.on('error', unreachable)
  socket.on('close', () => {
    unreachable()
    inbox.push({ type: 'lost' })
  })
  socket.on('message', (data, isBinary) => onFrame(parseFrame(serverFrame, data, isBinary)))
  socket.once('open', () => send(socket, { type: 'join', roomId, peerId, token }))
  signal.addEventListener('abort', onAbort, { once: true })
  using _limit = clock.schedule(joinTimeoutMs, unreachable)
  try {
    const present = await joined.promise
    return {
      present,
      send: (to, body) => send(socket, { type: 'signal', to, body }),
      onMessage: (listener) => inbox.listen(listener),
      close: () => {
        inbox.close()
        return close(socket, gone, clock)
      },
    }
  } catch (error) {
    socket.terminate()
    await gone
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function send(socket: WebSocket, frame: ClientFrame): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
}

function refusal({ reason, limit = 0 }: Extract<ServerFrame, { type: 'refused' }>): ServiceError {
  return reason === 'room_full' ? webRTCPeerErrors.create(reason, { limit }) : webRTCPeerErrors.create(reason, {})
}

/** A server that does not answer the closing handshake is not waited for longer than a second. */
async function close(socket: WebSocket, gone: Promise<void>, clock: Clock): Promise<void> {
  using _limit = clock.schedule(CLOSE_LIMIT_MS, () => socket.terminate())
  socket.close(1000)
  await gone
}
