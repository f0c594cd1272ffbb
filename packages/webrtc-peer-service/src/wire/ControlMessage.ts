import { z } from 'zod'

import { AUDIO_STATES } from '../PeerSession.ts'
import { wireFormat } from './wireFormat.ts'

const audio = z.enum(AUDIO_STATES)

/** JSON text on the control channel. `hello` is the first message of each end, `bye` the last. */
export const controlMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.literal(wireFormat.version), audio }),
  z.object({ type: z.literal('audio'), audio }),
  z.object({ type: z.literal('bye') }),
])
export type ControlMessage = Readonly<z.infer<typeof controlMessage>>
