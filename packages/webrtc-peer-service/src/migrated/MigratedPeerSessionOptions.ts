import type { Clock, Logger } from '@gradvis/kernel'
import type { RTCPeerConnectionConfig } from 'werift'

import type { SignallingTransport } from '../signalling/SignallingTransport.ts'

/** One's own consent to be heard. `allows` is asked for every packet. */
export type AudioConsent = Readonly<{
  allows(): boolean
  /** Throws `media.consent_missing`. */
  require(): void
  withdraw(): void
}>

export type MigratedPeerSessionOptions = Readonly<{
  roomId: string
  peerId: string
  sessionId: string
  signalling: SignallingTransport
  configuration: RTCPeerConnectionConfig
  timeoutMs: number
  clock: Clock
  logger: Logger
  consent: AudioConsent
}>
