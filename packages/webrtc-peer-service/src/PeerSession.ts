import type { Session } from '@gradvis/base-service'
import type { Disposer, ServiceError } from '@gradvis/kernel'

/**
 * - `connecting` until both data channels are open and the other side has introduced itself.
 * - `failed` when no connection came about in time or an open one was lost; the peer is still in the room.
 * - `left` is only ever seen by listeners of `onPeerLeft`.
 */
export const PEER_STATES = ['connecting', 'connected', 'failed', 'left'] as const
export type PeerState = (typeof PEER_STATES)[number]

/** `withheld`: no audio was asked for or there is no consent to it. `muted`: consented, but silent by choice. */
export const AUDIO_STATES = ['live', 'muted', 'withheld'] as const
export type AudioState = (typeof AUDIO_STATES)[number]

/** Another participant, as it was when it was handed out. */
export type RemotePeer = Readonly<{
  peerId: string
  state: PeerState
  /** What the peer last said of its own audio; `withheld` until it has said anything. */
  audio: AudioState
  /** Why it is `failed`. */
  failure?: ServiceError
}>

export type MessageData = string | Uint8Array
export type PeerMessage = Readonly<{ from: string; data: MessageData }>

/**
 * One encoded audio frame (Opus, 48 kHz clock) with its RTP numbering (RFC 3550 §5.1). The connection adds SSRC and
 * payload type.
 */
export type AudioPacket = Readonly<{
  /** 16 bits, one more for each packet. */
  sequenceNumber: number
  /** 32 bits, in units of the 48 kHz clock. */
  timestamp: number
  /** First packet after a silence. */
  marker: boolean
  /** 1 to 1,200 bytes. */
  payload: Uint8Array
}>

export type PeerAudio = Readonly<{ from: string; packet: AudioPacket }>

/** Counted since the connection to the peer was begun. Bytes are those of messages, framing left out. */
export type PeerStats = Readonly<{
  peerId: string
  messagesSent: number
  messagesReceived: number
  bytesSent: number
  bytesReceived: number
  audioPacketsSent: number
  audioPacketsReceived: number
  /** Handed over by `send` and not yet by the network stack. */
  bufferedBytes: number
}>

export type PeerSessionStats = Readonly<{ peers: readonly PeerStats[] }>

/**
 * One participant's stay in one room. Listeners are called synchronously in the order they came; one that throws stops
 * no other. After `leave` nothing is emitted. All failures are ServiceErrors.
 */
export interface PeerSession extends Session {
  readonly sessionId: string
  readonly roomId: string
  readonly peerId: string
  /** One's own. Audio passes only while it is `live`. */
  readonly audio: AudioState
  /** Why the session ended by itself (`webrtc.signalling_lost`); undefined while it is open and after `leave`. */
  readonly failure: ServiceError | undefined
  /** Everyone else in the room, by peer id. */
  peers(): readonly RemotePeer[]
  onPeerJoined(listener: (peer: RemotePeer) => void): Disposer
  onPeerLeft(listener: (peer: RemotePeer) => void): Disposer
  /** Called when the state or the audio of a peer has changed. */
  onPeerState(listener: (peer: RemotePeer) => void): Disposer
  /** What comes before the first listener is kept for it, up to 64 messages; beyond that the oldest is dropped. */
  onMessage(listener: (message: PeerMessage) => void): Disposer
  onAudio(listener: (audio: PeerAudio) => void): Disposer
  /**
   * Reliable and in order, to one peer or to all who are connected now. Resolves when the message is handed to the
   * network stack, which is later the more is queued: awaiting each call is the back-pressure. It is no receipt.
   * At most 65,535 bytes (a string counts as UTF-8); empty messages arrive as empty. With `to` a peer that is not
   * connected rejects (`webrtc.peer_not_connected`); without it a peer that goes away meanwhile is passed over.
   */
  send(data: MessageData, to?: string, signal?: AbortSignal): Promise<void>
  /** To all who are connected. False when nothing passed: muted, without consent, or the session is closed. */
  sendAudio(packet: AudioPacket): boolean
  /** Idempotent. No packet passes from the moment this returns; the others are told. */
  mute(): void
  /** Idempotent. Throws `media.consent_missing` where audio is withheld. */
  unmute(): void
  stats(): Promise<PeerSessionStats>
  /**
   * The same as `close`: says goodbye to everyone (waiting up to a second for what was sent before), leaves the room and
   * releases every socket. What the WebRTC library still has running ends by itself within seconds.
   */
  leave(): Promise<void>
}
