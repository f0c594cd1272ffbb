import { silentLogger, systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import type { LegacyEnterRequest } from './checkEnterRequest.ts'
import { LegacyWebRTCPeer } from './LegacyWebRTCPeer.ts'

const request: LegacyEnterRequest = {
  room: 'board',
  name: 'anna',
  microphone: true,
  permission: { purposes: ['audio'], version: '1', givenAt: 1 },
}

function aPeer(): LegacyWebRTCPeer {
  return new LegacyWebRTCPeer({
    signalling: createMemorySignalling(),
    iceServers: [],
    hostAddresses: [],
    connectTimeoutMs: 1_000,
    clock: systemClock,
    logger: silentLogger,
  })
}

describe('LegacyWebRTCPeer', () => {
  it('lets nobody in before it is started', async () => {
    await expect(aPeer().enterRoom(request)).rejects.toMatchObject({ reason: 'NOT_STARTED' })
  })

  it('is entered and left by its own names', async () => {
    const peer = aPeer()
    peer.start()
    const room = await peer.enterRoom(request)
    expect([room.members(), room.microphone, peer.heldBytes]).toEqual([[], 'live', 0])
    const closed: unknown[] = []
    room.on('closed', (error) => closed.push(error))
    await peer.stop()
    expect(closed).toEqual([undefined])
    await expect(room.broadcast('hej')).rejects.toMatchObject({ reason: 'ROOM_LEFT' })
  })

  it('names everything that is wrong with a request, in both languages', async () => {
    const peer = aPeer()
    peer.start()
    const wrong = {
      room: 'a room',
      name: '',
      microphone: 'yes' as never,
      permission: { purposes: ['fame'], version: '', givenAt: -1 },
    }
    const error = await peer.enterRoom(wrong).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ reason: 'BAD_REQUEST' })
    const { problems } = (error as { details: { problems: Record<'sv' | 'en', string> } }).details
    for (const field of ['roomId', 'peerId', 'media.audio', 'consent.purposes', 'consent.version', 'consent.givenAt']) {
      expect(problems.sv).toContain(`${field}: ska`)
      expect(problems.en).toContain(`${field}: must`)
    }
    await expect(peer.enterRoom({ ...request, permission: null as never })).rejects.toMatchObject({
      reason: 'BAD_REQUEST',
    })
  })
})
