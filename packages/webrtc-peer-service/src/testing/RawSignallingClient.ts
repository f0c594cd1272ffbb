import { once } from 'node:events'

import { WebSocket } from 'ws'

type Frame = Readonly<{ type: string; [key: string]: unknown }>

/** A client that keeps to no protocol but its own. */
export class RawSignallingClient {
  readonly frames: Frame[] = []
  readonly socket: WebSocket
  /** The code that the connection was closed with. */
  readonly closed: Promise<number>

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => this.frames.push(JSON.parse(data.toString()) as Frame))
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      socket.once('close', resolve)
    })
  }

  static async open(url: string): Promise<RawSignallingClient> {
    const client = new RawSignallingClient(new WebSocket(url))
    await once(client.socket, 'open')
    return client
  }

  static async join(url: string, peerId: string, roomId = 'room'): Promise<RawSignallingClient> {
    const client = await RawSignallingClient.open(url)
    const answered = once(client.socket, 'message')
    client.send({ type: 'join', roomId, peerId, token: 'invited' })
    await answered
    return client
  }

  get isClosed(): boolean {
    return this.socket.readyState === WebSocket.CLOSED
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame))
  }
}
