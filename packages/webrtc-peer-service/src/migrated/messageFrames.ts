import type { MessageData } from '../PeerSession.ts'
import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import { wireFormat } from '../wire/wireFormat.ts'

const { frame: FRAME, maxMessageBytes } = wireFormat

/** Throws `webrtc.message_too_large`. */
export function toFrame(data: MessageData): Buffer {
  const body = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
  if (body.byteLength > maxMessageBytes) {
    throw webRTCPeerErrors.create('message_too_large', { sizeBytes: body.byteLength, limitBytes: maxMessageBytes })
  }
  return Buffer.concat([Buffer.of(typeof data === 'string' ? FRAME.text : FRAME.binary), body])
}

/** Undefined for what is no frame of this version. */
export function fromFrame(frame: string | Buffer): MessageData | undefined {
  if (typeof frame === 'string') return undefined
  if (frame[0] === FRAME.text) return frame.toString('utf8', 1)
  if (frame[0] === FRAME.binary) return frame.subarray(1)
  return undefined
}
