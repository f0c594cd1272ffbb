export { adviceFor } from './adviceFor.ts'
export { BackendCheck, EndpointCheck, type ProbeStep } from './BackendCheck.ts'
export { Diagnosis, type LayerFinding } from './Diagnosis.ts'
export { Endpoint, ENDPOINT_ROLES } from './Endpoint.ts'
export { FAILURE_CODES, FAILURE_LAYERS, type FailureCode } from './FailureCode.ts'
export { type Layer, LAYERS, PROBE_LAYERS, type ProbeLayer } from './Layer.ts'
export { createMonitoringIntent, type MonitoringIntent } from './MonitoringIntent.ts'
export { networkAdvice } from './networkAdvice.ts'
export type { NetworkChange, NetworkListener } from './NetworkChange.ts'
export { networkConnectivityContract, NetworkConnectivityService } from './networkConnectivityContract.ts'
export { networkConnectivityErrors } from './networkConnectivityErrors.ts'
export {
  type NetworkConnectivityOptions,
  NetworkConnectivitySettings,
  type NetworkInterfaces,
} from './NetworkConnectivityOptions.ts'
export {
  NetworkStatus,
  REACHABILITIES,
  type Reachability,
  type Target,
  TARGETS,
  type TargetStatus,
} from './NetworkStatus.ts'
