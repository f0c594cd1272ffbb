export { networkConnectivityProbes } from './networkConnectivityProbes.ts'
