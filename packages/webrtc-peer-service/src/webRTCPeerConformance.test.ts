import { createLegacyWebRTCPeerService } from './legacy/index.ts'
import { createMigratedWebRTCPeerService } from './migrated/index.ts'
import { describeWebRTCPeerConformance, describeWebRTCPeerCrossMatrix } from './testing/index.ts'

describeWebRTCPeerConformance('legacy', createLegacyWebRTCPeerService)
describeWebRTCPeerConformance('migrated', createMigratedWebRTCPeerService)
describeWebRTCPeerCrossMatrix(createLegacyWebRTCPeerService, createMigratedWebRTCPeerService)
