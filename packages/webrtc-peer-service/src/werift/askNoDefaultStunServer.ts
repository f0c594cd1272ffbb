import type { RTCPeerConnection } from 'werift'

const DEFAULT_STUN_HOST = 'stun.l.google.com'

/**
 * werift 0.25.2 asks a public STUN server of Google whenever none is configured, an empty list included: a third party
 * would learn the address of every participant, and gathering waits 5 s where it does not answer. Call this before
 * each `setLocalDescription`, which is what gathers. A configured server stays.
 */
export function askNoDefaultStunServer(connection: RTCPeerConnection): void {
  for (const { connection: ice } of connection.iceTransports) {
    if (ice.stunServer?.[0] === DEFAULT_STUN_HOST) delete ice.stunServer
  }
}
