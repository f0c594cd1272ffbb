import type { Managed, ServiceContext } from '@gradvis/base-service'
import { createTestContext, type TestContext } from '@gradvis/base-service/testing'
import { type Clock, systemClock } from '@gradvis/kernel'
import { RecordingAuditTrail } from '@gradvis/privacy/testing'
import { expect } from 'vitest'

import type { AudioPacket, PeerMessage, PeerSession } from '../PeerSession.ts'
import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import { waitForPeer } from '../waitForPeer.ts'
import type { JoinRoomInput, WebRTCPeerService } from '../webRTCPeerContract.ts'
import type { WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'

export type CreateWebRTCPeerService = (
  context: ServiceContext,
  options: WebRTCPeerOptions,
) => Managed<WebRTCPeerService>

export type StageOptions = Partial<WebRTCPeerOptions> & Readonly<{ clock?: Clock }>

export const ROOM = 'board-1'
export const AUDIO_CONSENT = { purposes: ['audio'], version: '2025-01', givenAt: 1_736_000_000_000 } as const

/** Generous, because the machine that runs the tests may be busy. Only a failing test ever waits so long. */
export const PATIENCE = { timeout: 15_000, interval: 10 } as const

/** A running service on one machine and its open sessions; all of it is gone when it is disposed of. */
export class Stage implements AsyncDisposable {
  readonly context: TestContext
  readonly trail = new RecordingAuditTrail()
  readonly service: Managed<WebRTCPeerService>

  constructor(create: CreateWebRTCPeerService, { clock = systemClock, ...options }: StageOptions = {}) {
    this.context = createTestContext({ clock, audit: this.trail })
    this.service = create(this.context, {
      signalling: createMemorySignalling(),
      additionalHostAddresses: ['127.0.0.1'],
      ...options,
    })
  }

  static async open(create: CreateWebRTCPeerService, options?: StageOptions): Promise<Stage> {
    const stage = new Stage(create, options)
    await stage.service.start()
    return stage
  }

  join(peerId: string, overrides: Partial<JoinRoomInput> = {}, signal?: AbortSignal): Promise<PeerSession> {
    const input = { roomId: ROOM, peerId, consent: AUDIO_CONSENT, ...overrides }
    return this.service.joinRoom(input, signal && { signal })
  }

  /** Joins all at once and resolves when each is connected to every other. */
  async meet<const Ids extends readonly string[]>(...peerIds: Ids): Promise<{ [Key in keyof Ids]: PeerSession }> {
    const sessions = await Promise.all(peerIds.map((peerId) => this.join(peerId)))
    await allConnected(sessions)
    return sessions as unknown as { [Key in keyof Ids]: PeerSession }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.stop()
  }
}

export async function allConnected(sessions: readonly PeerSession[]): Promise<void> {
  const others = (session: PeerSession) => sessions.filter(({ peerId }) => peerId !== session.peerId)
  await Promise.all(sessions.flatMap((session) => others(session).map(({ peerId }) => waitForPeer(session, peerId))))
}

/** Everything that a session receives, from now on. */
export function messagesOf(session: PeerSession): readonly PeerMessage[] {
  const messages: PeerMessage[] = []
  session.onMessage((message) => messages.push(message))
  return messages
}

export function textsOf(messages: readonly PeerMessage[]): readonly string[] {
  return messages.map(({ data }) => (typeof data === 'string' ? data : `${data.byteLength} bytes`))
}

export function audioPacket(sequenceNumber: number): AudioPacket {
  const payload = new Uint8Array(80).fill(sequenceNumber % 256)
  return {
    sequenceNumber: sequenceNumber % 65_536,
    timestamp: (sequenceNumber * 960) % 2 ** 32,
    marker: false,
    payload,
  }
}

/** Sends a packet every few milliseconds until the condition holds. */
export async function sendAudioUntil(session: PeerSession, condition: () => boolean): Promise<void> {
  let sequenceNumber = 0
  const sendOne = () => {
    if (condition()) return true
    session.sendAudio(audioPacket(sequenceNumber))
    sequenceNumber += 1
    return false
  }
  await expect.poll(sendOne, PATIENCE).toBe(true)
}

/** A member of the room that signals what it is told to and answers nothing. */
export function joinAsStranger(signalling: SignallingTransport, peerId: string) {
  return signalling.join({ roomId: ROOM, peerId, signal: new AbortController().signal })
}

function heldSockets(): readonly string[] {
  return process.getActiveResourcesInfo().filter((kind) => /UDP|TCP|GetAddrInfo/.test(kind))
}

/** Every test leaves none. Polls, because a socket is gone a turn of the event loop after it was closed. */
export async function expectNoSockets(): Promise<void> {
  await expect.poll(heldSockets, PATIENCE).toEqual([])
}

/** Polls until what the WebRTC library had running has ended; the poll itself holds a timer or two. */
export async function expectNoTimers(): Promise<void> {
  const count = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  await expect.poll(count, PATIENCE).toBeLessThanOrEqual(2)
}
