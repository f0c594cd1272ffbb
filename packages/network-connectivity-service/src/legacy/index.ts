export { createLegacyNetworkConnectivityService } from './LegacyNetworkConnectivityAdapter.ts'
