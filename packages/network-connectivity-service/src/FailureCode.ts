import type { Layer } from './Layer.ts'

/** Everything that can be found broken, and the layer that it is found in. */
export const FAILURE_LAYERS = {
  no_interface: 'interface',
  no_address: 'address',
  dns_not_found: 'dns',
  dns_failed: 'dns',
  dns_timed_out: 'dns',
  no_route: 'tcp',
  tcp_unreachable: 'tcp',
  tcp_refused: 'tcp',
  tcp_failed: 'tcp',
  tcp_timed_out: 'tcp',
  tls_expired: 'tls',
  tls_not_yet_valid: 'tls',
  tls_untrusted: 'tls',
  tls_wrong_host: 'tls',
  tls_failed: 'tls',
  tls_timed_out: 'tls',
  portal_suspected: 'backend',
  backend_status: 'backend',
  backend_failed: 'backend',
  backend_timed_out: 'backend',
} as const satisfies Record<string, Layer>

export type FailureCode = keyof typeof FAILURE_LAYERS
export const FAILURE_CODES = Object.keys(FAILURE_LAYERS) as [FailureCode, ...FailureCode[]]
