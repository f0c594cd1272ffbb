export { webRTCPeerProbes } from './webRTCPeerProbes.ts'
