import type { SignallingChannel, SignallingTransport } from '../signalling/SignallingTransport.ts'
import { LegacyPeerError, type LegacyReason } from './LegacyPeerError.ts'

const REASONS: Readonly<Record<string, LegacyReason>> = {
  'webrtc.room_full': 'ROOM_FULL',
  'webrtc.peer_id_taken': 'NAME_TAKEN',
  'webrtc.join_refused': 'NOT_ADMITTED',
  'webrtc.signalling_unreachable': 'SIGNALLING_DOWN',
}

export async function joinSignalling(
  signalling: SignallingTransport,
  room: string,
  name: string,
  abort: AbortSignal,
): Promise<SignallingChannel> {
  try {
    return await signalling.join({ roomId: room, peerId: name, signal: abort })
  } catch (error) {
    if (abort.aborted) throw new LegacyPeerError('ABORTED', {}, { cause: error })
    const { code = '', params } = error as { code?: string; params?: { limit?: number } }
    throw new LegacyPeerError(REASONS[code] ?? 'SIGNALLING_DOWN', { limit: params?.limit ?? 0 }, { cause: error })
  }
}
