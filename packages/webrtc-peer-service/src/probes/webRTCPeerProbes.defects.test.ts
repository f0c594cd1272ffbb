import { createTestContext } from '@gradvis/base-service/testing'
import { describe, expect, it } from 'vitest'

import { createMigratedWebRTCPeerService } from '../migrated/index.ts'
import type { MessageData, PeerSession } from '../PeerSession.ts'
import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import { AUDIO_CONSENT, expectNoSockets, expectNoTimers } from '../testing/Stage.ts'
import { webRTCPeerProbes } from './index.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

type Id = 'webrtc-connections' | 'media-base-service' | 'audio-video' | 'peers-under-load'

type Service = ReturnType<ServiceFactory>

/** The migrated implementation with a defect. */
function broken(defect: (sound: Service) => Partial<Service>): ServiceFactory {
  return (context, options) => {
    const service = createMigratedWebRTCPeerService(context, options)
    const stop = service.stop.bind(service)
    return Object.assign(service, defect({ ...service, stop }))
  }
}

/** Every session with a defect. */
const handingOut = (defect: (session: PeerSession) => Partial<PeerSession>) =>
  broken(({ joinRoom }) => ({
    joinRoom: async (input, options) => {
      const session = await joinRoom(input, options)
      return Object.assign(session, defect(session))
    },
  }))

type Send = (data: MessageData) => Promise<void>

/** `tamper` is told which message of its session it is, from 1. */
const sending = (tamper: (send: Send, data: MessageData, count: number) => Promise<unknown>) =>
  handingOut((session) => {
    const send = session.send.bind(session)
    let count = 0
    return {
      send: async (data, to, signal) => {
        count += 1
        await tamper((changed) => send(changed, to, signal), data, count)
      },
    }
  })

const speaking = (tamper: (packet: Parameters<PeerSession['sendAudio']>[0]) => typeof packet | undefined) =>
  handingOut((session) => {
    const sendAudio = session.sendAudio.bind(session)
    return {
      sendAudio: (packet) => {
        const tampered = tamper(packet)
        return tampered === undefined || sendAudio(tampered)
      },
    }
  })

const refuses = () => Promise.reject(new Error('account 4711'))

/** Each pair of messages changes places. */
function swapping() {
  let held: MessageData | undefined
  return async (send: Send, data: MessageData) => {
    if (held === undefined) held = data
    else {
      await send(data)
      await send(held)
      held = undefined
    }
  }
}

function offeringVideo(signalling: SignallingTransport): SignallingTransport {
  return {
    async join(request) {
      const channel = await signalling.join(request)
      channel.send('nobody', { type: 'offer', connection: 'x', sdp: 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n' })
      return channel
    },
  }
}

/** The probe stops it twice; what is left is for the clean-up. */
function reluctant({ stop }: Service): Partial<Service> {
  let stops = 0
  return {
    stop: async () => {
      stops += 1
      if (stops > 2) await stop()
    },
  }
}

const defects: readonly (readonly [Id, defect: string, failed: string, ServiceFactory])[] = [
  ['webrtc-connections', 'does not start', 'preparation', broken(() => ({ start: refuses }))],
  [
    'webrtc-connections',
    'lets nobody join',
    'migrated and migrated: connect (Error)',
    broken(() => ({ joinRoom: refuses })),
  ],
  [
    'webrtc-connections',
    'loses a message',
    'migrated and legacy: messages',
    sending(async (send, data, count) => count !== 3 && send(data)),
  ],
  [
    'webrtc-connections',
    'doubles a message',
    'migrated and legacy: messages',
    sending(async (send, data) => [await send(data), await send(data)]),
  ],
  [
    'webrtc-connections',
    'changes messages',
    'migrated and legacy: messages',
    sending((send, data) => send(data.slice(1))),
  ],
  [
    'webrtc-connections',
    'does not stay connected',
    'migrated and legacy: stay connected',
    handingOut((session) => {
      const send = session.send.bind(session)
      return { send: (data, to, signal) => (data === '4' ? session.leave() : send(data, to, signal)) }
    }),
  ],
  [
    'webrtc-connections',
    'does not leave',
    'every room is empty again',
    handingOut((session) => ({ leave: async () => {}, close: session.leave.bind(session) })),
  ],
  [
    'media-base-service',
    'asks for no consent',
    'no consent: no audio',
    broken(({ joinRoom }) => ({
      joinRoom: (input, options) => joinRoom({ ...input, consent: AUDIO_CONSENT }, options),
    })),
  ],
  [
    'media-base-service',
    'ignores a withdrawal',
    'withdrawal closes audio at once',
    broken(() => ({ withdrawConsent: async () => ({ sessions: 1 }) })),
  ],
  [
    'media-base-service',
    'can be unmuted without consent',
    'withdrawn stays withdrawn',
    handingOut(() => ({ unmute: () => {} })),
  ],
  ['media-base-service', 'does not stop', 'stopping closes every session', broken(reluctant)],
  [
    'audio-video',
    'loses sound',
    'sound arrives both ways',
    speaking((packet) => (packet.sequenceNumber % 10 === 0 ? undefined : packet)),
  ],
  [
    'audio-video',
    'changes sound',
    'sound arrives both ways',
    speaking((packet) => ({ ...packet, payload: packet.payload.slice(1) })),
  ],
  ['audio-video', 'renumbers sound', 'sound arrives both ways', speaking((packet) => ({ ...packet, timestamp: 0 }))],
  ['audio-video', 'passes no sound', 'sound arrives both ways', speaking(() => undefined)],
  ['audio-video', 'does not mute', 'muting silences', handingOut(() => ({ mute: () => {} }))],
  ['audio-video', 'stays mute', 'sound comes back', handingOut(() => ({ unmute: () => {} }))],
  [
    'audio-video',
    'offers a picture',
    'no video is offered',
    (context, { signalling, ...options }) =>
      createMigratedWebRTCPeerService(context, { ...options, signalling: offeringVideo(signalling) }),
  ],
  [
    'peers-under-load',
    'loses one message',
    'every message arrives exactly once',
    sending(async (send, data, count) => count !== 20 && send(data)),
  ],
  [
    'peers-under-load',
    'doubles messages',
    'every message arrives exactly once',
    sending(async (send, data) => [await send(data), await send(data)]),
  ],
  [
    'peers-under-load',
    'disorders messages',
    'every message arrives exactly once',
    handingOut((session) => {
      const send = session.send.bind(session)
      const swap = swapping()
      return { send: (data, to, signal) => swap((changed) => send(changed, to, signal), data) }
    }),
  ],
  [
    'peers-under-load',
    'refuses the last',
    'everyone connects to everyone',
    broken(({ joinRoom }) => ({
      joinRoom: (input, options) => (input.peerId === 'peer-5' ? refuses() : joinRoom(input, options)),
    })),
  ],
]

describe('an implementation that', () => {
  it.concurrent.each(defects)('%s: %s, fails the case about it', async (id, _defect, failed, create) => {
    const probe = webRTCPeerProbes(createTestContext(), create).find((one) => one.id === id)
    const result = await probe?.run(new AbortController().signal)
    expect(result).toMatchObject({ passed: false, evidence: { failed: expect.stringContaining(failed) } })
    expect(JSON.stringify(result)).not.toContain('4711')
  })
})

describe('what all of them leave behind', () => {
  it('is nothing', async () => {
    await expectNoSockets()
    await expectNoTimers()
    expect(process.getActiveResourcesInfo()).not.toContain('UDPWRAP')
  })
})
