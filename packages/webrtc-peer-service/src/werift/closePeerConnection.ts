import type { RTCPeerConnection } from 'werift'

/** Beyond every DTLS flight: the handshake is over as far as its retransmission is concerned. */
const NO_FLIGHT = 100

/**
 * Closes a connection for good. `close()` of werift 0.25.2 alone leaves the retransmission of an unfinished DTLS
 * handshake running for up to 33 s; its loop ends by itself when the handshake has moved on, so it is told that it has.
 * No description may be in the making: a `setLocalDescription` that outlives `close()` starts ICE checks that never end.
 */
export async function closePeerConnection(connection: RTCPeerConnection): Promise<void> {
  await connection.close()
  for (const { dtls } of connection.dtlsTransports) {
    if (!dtls || dtls.connected) continue
    // A client that is still in werift's 100 ms pause refuses to begin when flight 1 seems to have been sent.
    dtls.dtls.flight = dtls.dtls.flight === 0 ? 1 : NO_FLIGHT
  }
}
