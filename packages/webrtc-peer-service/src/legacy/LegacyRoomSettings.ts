import type { Clock, Logger } from '@gradvis/kernel'
import type { RTCPeerConnectionConfig } from 'werift'

import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import type { LegacyAudioPacket } from './legacyMessages.ts'
import type { LegacyMember } from './LegacyMember.ts'
import type { LegacyPeerError } from './LegacyPeerError.ts'

export type LegacyRoomSettings = Readonly<{
  room: string
  name: string
  /** The member has agreed to be heard and wishes to be. */
  microphoneAllowed: boolean
  signalling: SignallingTransport
  rtc: RTCPeerConnectionConfig
  timeoutMs: number
  clock: Clock
  logger: Logger
}>

export type LegacyRoomEvents = {
  memberJoined: [member: LegacyMember]
  memberLeft: [member: LegacyMember]
  memberChanged: [member: LegacyMember]
  message: [from: string, data: string | Uint8Array]
  audio: [from: string, packet: LegacyAudioPacket]
  closed: [error: LegacyPeerError | undefined]
}
