import { type AudioState, AUDIO_STATES } from '../PeerSession.ts'
import { wireFormat } from '../wire/wireFormat.ts'
import { LegacyPeerError } from './LegacyPeerError.ts'

/** What comes from other peers is checked field by field here; what is not as it should be is undefined. */

export type LegacyDescription = Readonly<{ type: 'offer' | 'answer'; connection: string; sdp: string }>
export type LegacyCandidate = Readonly<{
  type: 'candidate'
  connection: string
  candidate: string
  sdpMid: string | null
  sdpMLineIndex: number | null
}>
export type LegacySignal = LegacyDescription | LegacyCandidate

export function readSignal(value: unknown): LegacySignal | undefined {
  if (!isRecord(value) || !isText(value['connection'], 64)) return undefined
  const { type, connection } = value
  if (type === 'offer' || type === 'answer') {
    const sdp = value['sdp']
    return isText(sdp, wireFormat.maxSdpChars) ? { type, connection, sdp } : undefined
  }
  if (type !== 'candidate') return undefined
  const { candidate, sdpMid, sdpMLineIndex } = value
  if (!isText(candidate, 1_000)) return undefined
  if (sdpMid !== null && (typeof sdpMid !== 'string' || sdpMid.length > 64)) return undefined
  if (sdpMLineIndex !== null && !isIntegerBelow(sdpMLineIndex, 65)) return undefined
  return { type, connection, candidate, sdpMid, sdpMLineIndex }
}

export type LegacyControl = Readonly<
  { type: 'hello'; audio: AudioState } | { type: 'audio'; audio: AudioState } | { type: 'bye' }
>

export function readControl(data: string | Buffer): LegacyControl | undefined {
  if (data.length > wireFormat.maxControlChars) return undefined
  const value = readJson(data.toString())
  if (!isRecord(value)) return undefined
  const { type, version, audio } = value
  if (type === 'bye') return { type }
  const state = AUDIO_STATES.find((known) => known === audio)
  if (state === undefined) return undefined
  if (type === 'audio') return { type, audio: state }
  return type === 'hello' && version === wireFormat.version ? { type, audio: state } : undefined
}

export function writeFrame(data: string | Uint8Array): Buffer {
  const isText = typeof data === 'string'
  const sizeBytes = isText ? Buffer.byteLength(data) : data.byteLength
  if (sizeBytes > wireFormat.maxMessageBytes) {
    throw new LegacyPeerError('MESSAGE_TOO_LARGE', { sizeBytes, limit: wireFormat.maxMessageBytes })
  }
  const frame = Buffer.allocUnsafe(sizeBytes + 1)
  frame[0] = isText ? wireFormat.frame.text : wireFormat.frame.binary
  if (isText) frame.write(data, 1, 'utf8')
  else frame.set(data, 1)
  return frame
}

export function readFrame(frame: string | Buffer): string | Uint8Array | undefined {
  if (typeof frame === 'string' || frame.length === 0) return undefined
  if (frame[0] === wireFormat.frame.text) return frame.toString('utf8', 1)
  return frame[0] === wireFormat.frame.binary ? frame.subarray(1) : undefined
}

export type LegacyAudioPacket = Readonly<{
  sequenceNumber: number
  timestamp: number
  marker: boolean
  payload: Uint8Array
}>

export function checkAudioPacket(packet: LegacyAudioPacket): void {
  const { sequenceNumber, timestamp, marker, payload } = packet
  const isValid =
    isIntegerBelow(sequenceNumber, 2 ** 16) &&
    isIntegerBelow(timestamp, 2 ** 32) &&
    typeof marker === 'boolean' &&
    payload instanceof Uint8Array &&
    payload.byteLength > 0 &&
    payload.byteLength <= wireFormat.maxAudioBytes
  if (!isValid) throw new LegacyPeerError('BAD_AUDIO', { limit: wireFormat.maxAudioBytes })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength
}

function isIntegerBelow(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < limit
}
