import type { SessionDirectory } from './SessionDirectory.ts'
import type { SignallingTransport } from './signalling/SignallingTransport.ts'

export type IceServer = Readonly<{ urls: string; username?: string; credential?: string }>

/** The same for both implementations. */
export type WebRTCPeerOptions = Readonly<{
  signalling: SignallingTransport
  /** Give both implementations the same one. Default: one of its own. */
  directory?: SessionDirectory
  /** STUN and TURN. Default: none, so nothing is told to a third party. */
  iceServers?: readonly IceServer[]
  /** Addresses offered besides those of the network interfaces. Tests on one machine give `127.0.0.1`. */
  additionalHostAddresses?: readonly string[]
  /** From the first sight of a peer until it is connected. Default 15,000. */
  connectTimeoutMs?: number
}>

export const DEFAULT_CONNECT_TIMEOUT_MS = 15_000
