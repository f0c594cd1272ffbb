/**
 * How peers find each other and exchange the descriptions of their connections. Carries no media and no messages of
 * the participants.
 */
export interface SignallingTransport {
  /**
   * Resolves when the peer is in the room. Rejects with a ServiceError (`webrtc.room_full`, `webrtc.peer_id_taken`,
   * `webrtc.join_refused`, `webrtc.signalling_unreachable`) or, when aborted, with the signal's reason. Whenever it
   * rejects, the peer is not in the room and nothing is left open.
   */
  join(request: SignallingJoin): Promise<SignallingChannel>
}

export type SignallingJoin = Readonly<{ roomId: string; peerId: string; signal: AbortSignal }>

export interface SignallingChannel {
  /** Who was in the room when it was joined, oneself left out. */
  readonly present: readonly string[]
  /** To one peer of the same room. In order, never confirmed; nothing happens when the peer or oneself has left. */
  send(to: string, body: unknown): void
  /** Takes one listener. What has come since `join` is kept for it. Nothing comes after `close`. */
  onMessage(listener: (message: SignallingMessage) => void): void
  /** Leaves the room. Idempotent; resolves when every socket and timer is gone. */
  close(): Promise<void>
}

/**
 * `from` is vouched for by the transport; `body` is whatever the other peer sent and hostile until parsed. `lost` comes
 * once, last, when the room was lost without `close`.
 */
export type SignallingMessage = Readonly<
  | { type: 'peer-joined'; peerId: string }
  | { type: 'peer-left'; peerId: string }
  | { type: 'signal'; from: string; body: unknown }
  | { type: 'lost' }
>
