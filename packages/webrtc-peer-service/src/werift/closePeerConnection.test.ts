import { RTCPeerConnection } from 'werift'
import { describe, expect, it } from 'vitest'

import { expectNoSockets, expectNoTimers, PATIENCE } from '../testing/Stage.ts'
import { closePeerConnection } from './closePeerConnection.ts'

function aConnection(): RTCPeerConnection {
  const connection = new RTCPeerConnection({
    bundlePolicy: 'max-bundle',
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
  })
  connection.createDataChannel('control', { negotiated: true, id: 0 })
  return connection
}

async function negotiate(caller: RTCPeerConnection, called: RTCPeerConnection): Promise<void> {
  await caller.setLocalDescription(await caller.createOffer())
  await called.setRemoteDescription(caller.localDescription!)
  await called.setLocalDescription(await called.createAnswer())
  await caller.setRemoteDescription(called.localDescription!)
}

/** Several, because the test runner holds a timer or two itself. */
const PAIRS = Array.from({ length: 4 }, (_, index) => index)

describe('closing a connection', () => {
  it('ends a DTLS handshake that nobody answers', async () => {
    const close = PAIRS.map(async () => {
      const [caller, called] = [aConnection(), aConnection()]
      await negotiate(caller, called)
      // The called side is the DTLS client. Its peer is gone, so its first flight would be repeated for 33 s.
      await expect.poll(() => called.dtlsTransports[0]?.state, PATIENCE).toBe('connecting')
      await closePeerConnection(caller)
      await expect.poll(() => called.dtlsTransports[0]?.dtls?.dtls.flight, PATIENCE).toBe(1)
      await closePeerConnection(called)
    })
    await Promise.all(close)
    await expectNoSockets()
    await expectNoTimers()
  })

  it('keeps a DTLS handshake from beginning that has not begun', async () => {
    const close = PAIRS.map(async () => {
      const [caller, called] = [aConnection(), aConnection()]
      await negotiate(caller, called)
      await expect.poll(() => called.dtlsTransports[0]?.dtls, { ...PATIENCE, interval: 1 }).toBeDefined()
      await Promise.all([closePeerConnection(called), closePeerConnection(caller)])
    })
    await Promise.all(close)
    await expectNoSockets()
    await expectNoTimers()
  })
})
