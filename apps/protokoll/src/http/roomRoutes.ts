import { type PeerSession, WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import type { HttpContext } from './HttpContext.ts'

type InRoom = { Params: { roomId: string }; Body: Record<string, unknown> | null }

/** A subject's place in meeting rooms: the server is its peer. Each subject has at most one session per room. */
export function roomRoutes({ server, layer, subjectOf }: HttpContext): void {
  const peers = layer.get(WebRTCPeerService)
  const sessions = new Map<string, PeerSession>()
  const keyOf = (roomId: string, subject: string) => JSON.stringify([roomId, subject])

  server.get<InRoom>('/api/rooms/:roomId', (request) => peers.getRoom({ roomId: request.params.roomId }))

  server.post<InRoom>('/api/rooms/:roomId/session', async (request, reply) => {
    const subject = subjectOf(request)
    const { roomId } = request.params
    // The body is the caller's; what says who is calling comes last and wins.
    const session = await peers.joinRoom({ ...request.body, roomId, peerId: subject })
    const key = keyOf(roomId, subject)
    const forget = () => void (sessions.get(key) === session && sessions.delete(key))
    sessions.set(key, session)
    session.closed.then(forget, forget)
    return reply.code(201).send({ sessionId: session.sessionId, audio: session.audio })
  })

  server.delete<InRoom>('/api/rooms/:roomId/session', async (request) => {
    const session = sessions.get(keyOf(request.params.roomId, subjectOf(request)))
    await session?.leave()
    return { left: session !== undefined }
  })

  server.post<InRoom>('/api/rooms/:roomId/consent/withdraw', (request) =>
    peers.withdrawConsent({ roomId: request.params.roomId, peerId: subjectOf(request) }),
  )
}
