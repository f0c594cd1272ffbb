export { createMigratedNetworkConnectivityService } from './MigratedNetworkConnectivityService.ts'
