export { describeWebRTCPeerConformance } from './describeWebRTCPeerConformance.ts'
export type { CreateWebRTCPeerService } from './Stage.ts'
