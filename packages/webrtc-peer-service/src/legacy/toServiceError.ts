import { mediaErrors, notRunning, serviceErrors } from '@gradvis/base-service'
import { isServiceError, type ServiceError } from '@gradvis/kernel'

import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import { LegacyPeerError, type LegacyReason } from './LegacyPeerError.ts'

const service = 'WebRTCPeerService'

type Translate = (error: LegacyPeerError, operation: string) => ServiceError

const TRANSLATIONS = {
  NOT_STARTED: (cause) => notRunning(service, 'stopped', { cause }),
  BAD_REQUEST: (cause, operation) => {
    const details = cause.details.problems ?? { sv: '–', en: '–' }
    return serviceErrors.create('invalid_input', { service, operation, details }, { cause })
  },
  NO_PERMISSION: (cause) => mediaErrors.create('consent_missing', { purpose: { sv: 'ljud', en: 'audio' } }, { cause }),
  ROOM_FULL: (cause) => webRTCPeerErrors.create('room_full', { limit: cause.details.limit ?? 0 }, { cause }),
  NAME_TAKEN: (cause) => webRTCPeerErrors.create('peer_id_taken', {}, { cause }),
  NOT_ADMITTED: (cause) => webRTCPeerErrors.create('join_refused', {}, { cause }),
  SIGNALLING_DOWN: (cause) => webRTCPeerErrors.create('signalling_unreachable', {}, { cause }),
  SIGNALLING_LOST: (cause) => webRTCPeerErrors.create('signalling_lost', {}, { cause }),
  CONNECT_TIMEOUT: (cause) =>
    webRTCPeerErrors.create('connection_timed_out', { limitMs: cause.details.limit ?? 0 }, { cause }),
  CONNECT_FAILED: (cause) => webRTCPeerErrors.create('connection_failed', {}, { cause }),
  CONNECTION_LOST: (cause) => webRTCPeerErrors.create('connection_lost', {}, { cause }),
  NOT_CONNECTED: (cause) => webRTCPeerErrors.create('peer_not_connected', {}, { cause }),
  MESSAGE_TOO_LARGE: (cause) => {
    const { sizeBytes = 0, limit: limitBytes = 0 } = cause.details
    return webRTCPeerErrors.create('message_too_large', { sizeBytes, limitBytes }, { cause })
  },
  BAD_AUDIO: (cause) =>
    webRTCPeerErrors.create('invalid_audio_packet', { limitBytes: cause.details.limit ?? 0 }, { cause }),
  ROOM_LEFT: (cause) => webRTCPeerErrors.create('session_closed', {}, { cause }),
  ABORTED: (cause, operation) => serviceErrors.create('cancelled', { service, operation }, { cause }),
} satisfies Record<LegacyReason, Translate>

/** What legacy threw, in the words of the contract. */
export function toServiceError(error: unknown, operation: string): ServiceError {
  if (error instanceof LegacyPeerError) return TRANSLATIONS[error.reason](error, operation)
  if (isServiceError(error)) return error
  return serviceErrors.create('unexpected', { service, operation }, { cause: error })
}
