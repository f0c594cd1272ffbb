import { defineContract, read, type ServiceOf, session, tokenOf, write } from '@gradvis/base-service'
import { type Classification, CONSENT_PURPOSES } from '@gradvis/privacy'
import { z } from 'zod'

import { AUDIO_STATES, PEER_STATES, type PeerSession } from './PeerSession.ts'

/** Opaque, printable ASCII without spaces. Which of two peers offers is decided by comparing their ids. */
const roomId = z.string().regex(/^[!-~]{1,128}$/)
const peerId = z.string().regex(/^[!-~]{1,128}$/)

const consent = z.strictObject({
  purposes: z.array(z.enum(CONSENT_PURPOSES)).max(CONSENT_PURPOSES.length).readonly(),
  /**
   * Which wording was agreed to. It is kept in the audit trail, so it must have no room for anything personal: letters,
   * digits, dots and hyphens, at most 16, of them 8 digits.
   */
  version: z.string().regex(/^(?=(?:[^0-9]*[0-9]){0,8}[^0-9]*$)[A-Za-z0-9.-]{1,16}$/),
  /** Milliseconds since the epoch. */
  givenAt: z.int().nonnegative(),
})

const joinRoom = z.strictObject({
  roomId,
  peerId,
  /** Needed for audio; may be left out where no media are wished for. */
  consent: consent.optional(),
  media: z.strictObject({ audio: z.boolean().default(true) }).prefault({}),
})

const participant = z.strictObject({
  peerId,
  /** Has a session here, rather than being seen by one. */
  local: z.boolean(),
  state: z.enum(PEER_STATES),
  audio: z.enum(AUDIO_STATES),
})

/** Rooms and participants in whom this process takes part. What only other processes know is not in it. */
const room = z.strictObject({ roomId, participantCount: z.int().nonnegative(), participants: z.array(participant) })

const withdrawConsent = z.strictObject({
  peerId,
  /** Absent: in every room. */
  roomId: roomId.optional(),
})

export type RoomInfo = z.infer<typeof room>
export type Participant = z.infer<typeof participant>
export type JoinRoomInput = z.input<typeof joinRoom>
export type JoinRoom = z.output<typeof joinRoom>

/** What the application names a participant by, wherever it occurs. */
const PEERS: Classification = { peerId: 'subject', 'participants.*.peerId': 'subject' }

export const webRTCPeerContract = defineContract('WebRTCPeerService', {
  joinRoom: session({
    summary:
      'Joins a room and connects to everyone who is in it. Resolves when each of them is connected or has failed; ' +
      'rejects when none could be reached.',
    input: joinRoom,
    output: z.custom<PeerSession>(),
    handover: 'pin',
    audit: {
      subject: (input) => peerId.safeParse(input.peerId).data,
      // The input is read as it was given: `media` may be left out, or be anything.
      details: ({ media, consent }) => ({
        audio: joinRoom.shape.media.safeParse(media).data?.audio ?? false,
        consented: consent !== undefined,
      }),
    },
    classify: PEERS,
  }),
  getRoom: read({
    summary: 'Who is in a room, as far as the sessions of this process know.',
    input: z.strictObject({ roomId }),
    output: room,
    // Both sides would be asked at two moments of something that changes by itself.
    shadow: false,
    classify: PEERS,
  }),
  withdrawConsent: write({
    summary: 'Closes the audio of a participant at once, in one room or in all, and tells the others.',
    input: withdrawConsent,
    /** How many open sessions are without consent now because of this or an earlier call. */
    output: z.strictObject({ sessions: z.int().nonnegative() }),
    idempotent: true,
    audit: {
      subject: (input) => peerId.safeParse(input.peerId).data,
      details: ({ roomId }) => ({ everyRoom: roomId === undefined }),
    },
    classify: PEERS,
  }),
})

export type WebRTCPeerService = ServiceOf<typeof webRTCPeerContract>
export const WebRTCPeerService = tokenOf(webRTCPeerContract)
