import { serviceErrors } from '@gradvis/base-service'

import type { PeerSession, RemotePeer } from './PeerSession.ts'
import { webRTCPeerErrors } from './webRTCPeerErrors.ts'

/**
 * Resolves when the peer is connected, also one that has not come to the room yet. Rejects with the peer's failure,
 * with `webrtc.session_closed` when the session ends first, and with `service.cancelled` when `signal` aborts: it has
 * no time limit of its own for a peer that never comes.
 */
export async function waitForPeer(session: PeerSession, peerId: string, signal?: AbortSignal): Promise<RemotePeer> {
  const { promise, resolve, reject } = Promise.withResolvers<RemotePeer>()
  const judge = (peer: RemotePeer) => {
    if (peer.peerId !== peerId) return
    if (peer.state === 'connected') resolve(peer)
    if (peer.state === 'failed') reject(peer.failure)
  }
  const onAbort = () =>
    reject(serviceErrors.create('cancelled', { service: 'WebRTCPeerService', operation: 'waitForPeer' }))
  using _state = session.onPeerState(judge)
  session.peers().forEach(judge)
  void session.closed.then(() => reject(session.failure ?? webRTCPeerErrors.create('session_closed', {})))
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
