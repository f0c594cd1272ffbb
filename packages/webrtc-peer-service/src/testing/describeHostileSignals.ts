import { describe, expect, it } from 'vitest'

import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import { allConnected, type CreateWebRTCPeerService, joinAsStranger, PATIENCE, Stage } from './Stage.ts'

const STRANGE_CANDIDATES = [
  '',
  'candidate:',
  'nonsense '.repeat(100),
  'candidate:1 1 udp 1 127.0.0.1 1 typ nonsense',
  'candidate:1 1 udp 1 127.0.0.1 99999 typ host',
  'candidate:1 1 udp -1 999.1.1.1 1 typ host',
  'candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active',
  'candidate:1 1 udp 1 ::1 1 typ host',
  'candidate:1 99999999999 udp NaN 127.0.0.1 NaN typ host',
]

export function describeHostileSignals(create: CreateWebRTCPeerService): void {
  describe('hostile signals', () => {
    it.each([
      ['no object', 'garbage'],
      ['an unknown type', { type: 'teapot', connection: '1' }],
      ['an empty description', { type: 'offer', connection: '1', sdp: '' }],
      ['an offer that is no description', { type: 'offer', connection: '1', sdp: 'v=0 nonsense' }],
      ['an offer of more than 100,000 characters', { type: 'offer', connection: '1', sdp: 'a'.repeat(100_001) }],
      [
        'a candidate before any offer',
        { type: 'candidate', connection: '1', candidate: 'x', sdpMid: '0', sdpMLineIndex: 0 },
      ],
      ['an answer to no offer', { type: 'answer', connection: '1', sdp: 'v=0' }],
    ])('survives %s', async (_what, body) => {
      const signalling = createMemorySignalling()
      await using stage = await Stage.open(create, { signalling })
      const bo = await stage.join('bo')
      const [lower, higher] = [await joinAsStranger(signalling, 'aron'), await joinAsStranger(signalling, 'zoe')]
      lower.send('bo', body)
      higher.send('bo', body)
      // Signals are delivered in order: when the last has been answered by a new state, the body has been judged.
      await Promise.all([lower.close(), higher.close()])
      await expect.poll(() => bo.peers(), PATIENCE).toEqual([])
      const anna = await stage.join('anna')
      await allConnected([anna, bo])
    })

    it('ignores candidates beyond the limit and connects all the same', async () => {
      const inner = createMemorySignalling()
      const signalling = withExtraCandidates(inner, 200)
      await using stage = await Stage.open(create, { signalling })
      const [anna] = await stage.meet('anna', 'bo')
      expect(anna.peers()).toMatchObject([{ peerId: 'bo', state: 'connected' }])
    })
  })
}

/** Follows each real candidate by many that lead nowhere. */
function withExtraCandidates(inner: SignallingTransport, count: number): SignallingTransport {
  return {
    join: async (request) => {
      const channel = await inner.join(request)
      const send = (to: string, body: unknown) => {
        channel.send(to, body)
        const { type, connection } = body as { type: string; connection: string }
        if (type !== 'candidate') return
        for (let index = 0; index < count; index += 1) {
          const candidate = STRANGE_CANDIDATES[index % STRANGE_CANDIDATES.length]
          channel.send(to, { type: 'candidate', connection, candidate, sdpMid: '0', sdpMLineIndex: index % 70 })
        }
      }
      return { ...channel, present: channel.present, send }
    },
  }
}
