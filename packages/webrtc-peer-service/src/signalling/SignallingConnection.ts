import { type Clock, isServiceError, type Logger } from '@gradvis/kernel'
import { WebSocket } from 'ws'

import {
  type ClientFrame,
  clientFrame,
  JOIN_REFUSALS,
  MAX_SIGNALLING_FRAME_BYTES,
  parseFrame,
  type ServerFrame,
} from './SignallingFrame.ts'
import type { RoomMember, SignallingRooms } from './SignallingRooms.ts'
import type { SignallingMessage } from './SignallingTransport.ts'

export type Authorize = (
  request: Readonly<{ roomId: string; peerId: string; token: string }>,
) => boolean | Promise<boolean>

export type SignallingConnectionOptions = Readonly<{
  authorize: Authorize
  maxFramesPerSecond: number
  clock: Clock
  logger: Logger
}>

const JOIN_LIMIT_MS = 5_000
/** A newcomer to a full room sends some two hundred frames at once. */
const BURST_FRAMES = 500
/** A client that reads so slowly is cut off before it costs memory. */
const MAX_BACKLOG_BYTES = 16 * MAX_SIGNALLING_FRAME_BYTES
/** RFC 6455 §7.4.1 */
const POLICY_VIOLATION = 1008

type Join = Extract<ClientFrame, { type: 'join' }>
type Refusal = (typeof JOIN_REFUSALS)[number]

/** One client of the signalling server. It breaks a rule once, and is out of its room. */
export class SignallingConnection {
  readonly #socket: WebSocket
  readonly #rooms: SignallingRooms
  readonly #options: SignallingConnectionOptions
  #member: RoomMember | undefined
  #asked = false
  #alive = true
  #frames: Readonly<{ left: number; atMs: number }>

  constructor(socket: WebSocket, rooms: SignallingRooms, options: SignallingConnectionOptions) {
    this.#socket = socket
    this.#rooms = rooms
    this.#options = options
    this.#frames = { left: BURST_FRAMES, atMs: options.clock.monotonicMs() }
    const cancelLimit = options.clock.schedule(JOIN_LIMIT_MS, () => this.#member ?? this.#expel('no join in time'))
    socket.on('message', (data, isBinary) => void this.#receive(parseFrame(clientFrame, data, isBinary)))
    socket.on('pong', () => {
      this.#alive = true
    })
    // ws reports a frame that is too large or malformed here and closes the connection by itself.
    socket.on('error', () => options.logger.warn('a signalling client broke the protocol'))
    socket.once('close', () => {
      cancelLimit()
      this.#member?.leave()
    })
  }

  /** Ends the connection unless it has answered since the last call. */
  checkAlive(): void {
    if (!this.#alive) return this.terminate()
    this.#alive = false
    this.#socket.ping()
  }

  terminate(): void {
    this.#socket.terminate()
  }

  async #receive(frame: ClientFrame | undefined): Promise<void> {
    // What comes while the connection is being closed is of no interest.
    if (this.#socket.readyState !== WebSocket.OPEN) return
    if (!this.#mayReceive()) return this.#expel('too many frames')
    if (frame?.type === 'signal' && this.#member) return this.#member.send(frame.to, frame.body)
    if (frame?.type !== 'join' || this.#asked) return this.#expel('an unexpected frame')
    this.#asked = true
    await this.#join(frame)
  }

  async #join({ roomId, peerId, token }: Join): Promise<void> {
    if (!(await this.#isAuthorized({ roomId, peerId, token }))) return this.#refuse('join_refused')
    // It may have gone while the question was being answered.
    if (this.#socket.readyState !== WebSocket.OPEN) return
    try {
      this.#member = this.#rooms.join(roomId, peerId, (message) => this.#deliver(message))
      this.#send({ type: 'joined', present: [...this.#member.present] })
    } catch (error) {
      const reason = JOIN_REFUSALS.find((key) => isServiceError(error) && error.code === `webrtc.${key}`)
      const limit = isServiceError(error) ? Number(error.params['limit'] ?? 0) : 0
      this.#refuse(reason ?? 'join_refused', limit)
    }
  }

  async #isAuthorized(request: Parameters<Authorize>[0]): Promise<boolean> {
    try {
      return await this.#options.authorize(request)
    } catch {
      this.#options.logger.error('the authorization of a signalling client failed')
      return false
    }
  }

  #deliver(message: SignallingMessage): void {
    if (message.type !== 'lost') this.#send(message)
    if (this.#socket.bufferedAmount > MAX_BACKLOG_BYTES) this.terminate()
  }

  #refuse(reason: Refusal, limit?: number): void {
    this.#send({ type: 'refused', reason, ...(limit !== undefined && { limit }) })
    this.#socket.close(POLICY_VIOLATION, reason)
  }

  #expel(reason: string): void {
    this.#options.logger.warn('a signalling client was expelled', { reason })
    this.#member?.leave()
    this.#member = undefined
    this.#asked = true
    this.#socket.close(POLICY_VIOLATION, reason)
  }

  #send(frame: ServerFrame): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  /** A token bucket: `maxFramesPerSecond` come in, `BURST_FRAMES` fit. */
  #mayReceive(): boolean {
    const atMs = this.#options.clock.monotonicMs()
    const earned = ((atMs - this.#frames.atMs) * this.#options.maxFramesPerSecond) / 1_000
    const left = Math.min(BURST_FRAMES, this.#frames.left + earned) - 1
    this.#frames = { left, atMs }
    return left >= 0
  }
}
