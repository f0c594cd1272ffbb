import { describe, expect, it } from 'vitest'

import type { RemotePeer } from './PeerSession.ts'
import { createSessionDirectory, type ListedSession } from './SessionDirectory.ts'

function aSession(peerId: string, peers: readonly RemotePeer[] = [], roomId = 'room') {
  const session = {
    roomId,
    peerId,
    audio: 'live' as 'live' | 'withheld',
    peers: () => peers,
    withdrawConsent: () => {
      session.audio = 'withheld'
    },
  } satisfies ListedSession
  return session
}

describe('the session directory', () => {
  it('lists everyone once, and believes a session about itself', () => {
    const directory = createSessionDirectory()
    directory.add(aSession('bo', [{ peerId: 'anna', state: 'connecting', audio: 'withheld' }]))
    directory.add(aSession('anna', [{ peerId: 'zoe', state: 'failed', audio: 'muted' }]))
    directory.add(aSession('cleo', [], 'another room'))
    expect(directory.room('room')).toEqual({
      roomId: 'room',
      participantCount: 3,
      participants: [
        { peerId: 'anna', state: 'connected', audio: 'live', local: true },
        { peerId: 'bo', state: 'connected', audio: 'live', local: true },
        { peerId: 'zoe', state: 'failed', audio: 'muted', local: false },
      ],
    })
  })

  it('forgets a session that is removed', () => {
    const directory = createSessionDirectory()
    const remove = directory.add(aSession('anna'))
    remove()
    remove()
    expect(directory.room('room').participantCount).toBe(0)
    expect(directory.withdrawConsent('anna')).toBe(0)
  })

  it('withdraws the consent of one participant, in one room or in all', () => {
    const directory = createSessionDirectory()
    const [here, there, other] = [aSession('anna'), aSession('anna', [], 'there'), aSession('bo')]
    for (const session of [here, there, other]) directory.add(session)
    expect(directory.withdrawConsent('anna', 'there')).toBe(1)
    expect([here.audio, there.audio]).toEqual(['live', 'withheld'])
    expect(directory.withdrawConsent('anna')).toBe(2)
    expect([here.audio, other.audio]).toEqual(['withheld', 'live'])
  })
})
