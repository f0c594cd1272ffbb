import type { ServiceLayer } from '@gradvis/service-layer'
import { type PeerSession, waitForPeer, WebRTCPeerService } from '@gradvis/webrtc-peer-service'

const LONGEST_MEETING_MS = 60_000

/** Two subjects join a room of their own and send each other a message: throws when it does not arrive. */
export async function meet(
  layer: ServiceLayer,
  [first, second]: readonly [string, string],
  interrupted?: AbortSignal,
): Promise<void> {
  const tooLong = AbortSignal.timeout(LONGEST_MEETING_MS)
  const signal = interrupted ? AbortSignal.any([tooLong, interrupted]) : tooLong
  const sessions = await Promise.all([first, second].map((subject) => join(layer, `room-${first}`, subject, signal)))
  try {
    const [a, b] = sessions as [PeerSession, PeerSession]
    await Promise.all([waitForPeer(a, second, signal), waitForPeer(b, first, signal)])
    await Promise.all([exchange(a, b, signal), exchange(b, a, signal)])
  } finally {
    await Promise.all(sessions.map((session) => session.leave()))
  }
}

function join(layer: ServiceLayer, roomId: string, subject: string, signal: AbortSignal): Promise<PeerSession> {
  const peers = layer.get(WebRTCPeerService)
  const consent = { purposes: ['audio'] as const, version: 'demonstration-1', givenAt: 0 }
  return layer.runAs(subject, () => peers.joinRoom({ roomId, peerId: subject, consent }, { signal }))
}

async function exchange(from: PeerSession, to: PeerSession, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const text = `Hej från ${from.peerId}`
  using _heard = to.onMessage(({ data }) => (data === text ? resolve() : undefined))
  signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  await from.send(text, to.peerId, signal)
  await promise
}
