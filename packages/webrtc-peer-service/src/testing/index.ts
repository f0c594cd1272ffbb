export { describeWebRTCPeerConformance } from './describeWebRTCPeerConformance.ts'
export { describeWebRTCPeerCrossMatrix } from './describeWebRTCPeerCrossMatrix.ts'
export type { CreateWebRTCPeerService } from './Stage.ts'
