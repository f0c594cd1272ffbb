const LEGACY_REASONS = [
  'NOT_STARTED',
  'BAD_REQUEST',
  'NO_PERMISSION',
  'ROOM_FULL',
  'NAME_TAKEN',
  'NOT_ADMITTED',
  'SIGNALLING_DOWN',
  'SIGNALLING_LOST',
  'CONNECT_TIMEOUT',
  'CONNECT_FAILED',
  'CONNECTION_LOST',
  'NOT_CONNECTED',
  'MESSAGE_TOO_LARGE',
  'BAD_AUDIO',
  'ROOM_LEFT',
  'ABORTED',
] as const
export type LegacyReason = (typeof LEGACY_REASONS)[number]

export type LegacyErrorDetails = Readonly<{
  /** Of a BAD_REQUEST: the field and what is wrong with it. */
  problems?: Readonly<{ sv: string; en: string }>
  /** The limit that was exceeded, in the unit of whatever it limits. */
  limit?: number
  sizeBytes?: number
}>

/** Everything that LegacyWebRTCPeer and its rooms throw. */
export class LegacyPeerError extends Error {
  readonly reason: LegacyReason
  readonly details: LegacyErrorDetails

  constructor(reason: LegacyReason, details: LegacyErrorDetails = {}, options?: ErrorOptions) {
    super(`WebRTC peer: ${reason}`, options)
    this.name = 'LegacyPeerError'
    this.reason = reason
    this.details = details
  }
}
