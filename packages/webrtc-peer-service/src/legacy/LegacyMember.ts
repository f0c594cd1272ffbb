import type { AudioState } from '../PeerSession.ts'
import type { LegacyConnection } from './LegacyConnection.ts'
import type { LegacyPeerError } from './LegacyPeerError.ts'

export type LegacyMember = Readonly<{
  name: string
  status: 'connecting' | 'up' | 'failed' | 'gone'
  audio: AudioState
  error: LegacyPeerError | undefined
}>

export function toMember({ name, status, audio, error }: LegacyConnection): LegacyMember {
  return { name, status: status === 'closed' ? 'gone' : status, audio, error }
}
