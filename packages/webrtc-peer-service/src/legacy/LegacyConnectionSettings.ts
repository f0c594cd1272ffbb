import type { Clock, Logger } from '@gradvis/kernel'
import type { RTCPeerConnectionConfig } from 'werift'

import type { AudioState } from '../PeerSession.ts'
import type { LegacyAudioPacket, LegacySignal } from './legacyMessages.ts'

export type LegacyConnectionSettings = Readonly<{
  name: string
  rtc: RTCPeerConnectionConfig
  timeoutMs: number
  clock: Clock
  logger: Logger
  ownAudio: () => AudioState
  sendSignal: (signal: LegacySignal) => void
}>

export type LegacyConnectionEvents = {
  changed: []
  message: [data: string | Uint8Array]
  audio: [packet: LegacyAudioPacket]
  gone: []
}
