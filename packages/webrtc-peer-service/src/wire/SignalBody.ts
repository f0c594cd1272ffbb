import { z } from 'zod'

import { wireFormat } from './wireFormat.ts'

/** Names one attempt to connect. Answers and candidates of any other attempt are ignored. */
const connection = z.string().min(1).max(64)
const sdp = z.string().min(1).max(wireFormat.maxSdpChars)

/** Between two peers, through the signalling. Unknown keys are dropped, so that a later version may add some. */
export const signalBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('offer'), connection, sdp }),
  z.object({ type: z.literal('answer'), connection, sdp }),
  z.object({
    type: z.literal('candidate'),
    connection,
    candidate: z.string().min(1).max(1_000),
    sdpMid: z.string().max(64).nullable(),
    sdpMLineIndex: z.int().min(0).max(64).nullable(),
  }),
])
export type SignalBody = Readonly<z.infer<typeof signalBody>>

/** One offerer for each pair, by rule, so that two offers never cross. */
export function isOfferer(own: string, other: string): boolean {
  return own < other
}
