import { createMigratedWebRTCPeerService } from './migrated/index.ts'
import { describeWebRTCPeerConformance } from './testing/index.ts'

describeWebRTCPeerConformance('migrated', createMigratedWebRTCPeerService)
