export {
  AUDIO_STATES,
  type AudioPacket,
  type AudioState,
  type MessageData,
  PEER_STATES,
  type PeerAudio,
  type PeerMessage,
  type PeerSession,
  type PeerSessionStats,
  type PeerState,
  type PeerStats,
  type RemotePeer,
} from './PeerSession.ts'
export { createSessionDirectory, type ListedSession, type SessionDirectory } from './SessionDirectory.ts'
export { createMemorySignalling } from './signalling/createMemorySignalling.ts'
export type {
  SignallingChannel,
  SignallingJoin,
  SignallingMessage,
  SignallingTransport,
} from './signalling/SignallingTransport.ts'
export { waitForPeer } from './waitForPeer.ts'
export {
  type JoinRoom,
  type JoinRoomInput,
  type Participant,
  type RoomInfo,
  webRTCPeerContract,
  WebRTCPeerService,
} from './webRTCPeerContract.ts'
export { webRTCPeerErrors } from './webRTCPeerErrors.ts'
export type { IceServer, WebRTCPeerOptions } from './WebRTCPeerOptions.ts'
export { wireFormat } from './wire/wireFormat.ts'
