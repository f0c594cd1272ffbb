import { RtpHeader, RtpPacket } from 'werift'
import { z } from 'zod'

import type { AudioPacket } from '../PeerSession.ts'
import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import { wireFormat } from '../wire/wireFormat.ts'

const uint = (bits: number) =>
  z
    .int()
    .min(0)
    .lt(2 ** bits)

const audioPacket = z.object({
  sequenceNumber: uint(16),
  timestamp: uint(32),
  marker: z.boolean(),
  payload: z
    .instanceof(Uint8Array)
    .refine(({ byteLength }) => byteLength >= 1 && byteLength <= wireFormat.maxAudioBytes),
})

/** Throws `webrtc.invalid_audio_packet`. */
export function toRtp(packet: AudioPacket): RtpPacket {
  const parsed = audioPacket.safeParse(packet)
  if (!parsed.success) {
    throw webRTCPeerErrors.create('invalid_audio_packet', { limitBytes: wireFormat.maxAudioBytes })
  }
  const { payload, ...header } = parsed.data
  return new RtpPacket(new RtpHeader(header), Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength))
}

export function fromRtp({ header: { sequenceNumber, timestamp, marker }, payload }: RtpPacket): AudioPacket {
  return { sequenceNumber, timestamp, marker, payload }
}
