import { z } from 'zod'

/** Of one WebSocket message, either way. A description of 100,000 characters fits with room for its envelope. */
export const MAX_SIGNALLING_FRAME_BYTES = 131_072

const id = z.string().regex(/^[!-~]{1,128}$/)

/** What a client sends: `join` once and first. A frame that names its own sender is forged, so extra keys are refused. */
export const clientFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('join'), roomId: id, peerId: id, token: z.string().max(4_096) }),
  z.strictObject({ type: z.literal('signal'), to: id, body: z.unknown() }),
])
export type ClientFrame = Readonly<z.infer<typeof clientFrame>>

export const JOIN_REFUSALS = ['room_full', 'peer_id_taken', 'join_refused'] as const

/** What a server sends: `joined` or `refused` first. */
export const serverFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('joined'), present: z.array(id).max(1_000) }),
  z.object({ type: z.literal('refused'), reason: z.enum(JOIN_REFUSALS), limit: z.int().optional() }),
  z.object({ type: z.literal('peer-joined'), peerId: id }),
  z.object({ type: z.literal('peer-left'), peerId: id }),
  z.object({ type: z.literal('signal'), from: id, body: z.unknown() }),
])
export type ServerFrame = Readonly<z.infer<typeof serverFrame>>

/** Undefined for anything that is no such frame. */
export function parseFrame<Frame>(schema: z.ZodType<Frame>, data: unknown, isBinary: boolean): Frame | undefined {
  if (isBinary) return undefined
  try {
    return schema.safeParse(JSON.parse(String(data))).data
  } catch {
    return undefined
  }
}
