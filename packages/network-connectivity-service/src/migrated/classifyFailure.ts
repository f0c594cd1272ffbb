import type { FailureCode } from '../FailureCode.ts'
import type { ProbeLayer } from '../Layer.ts'
import { systemCodes } from './systemCodes.ts'

/** Most telling first: of several addresses tried, the one that came furthest says what is wrong. */
const CODES: Readonly<Record<ProbeLayer, readonly (readonly [RegExp, FailureCode])[]>> = {
  dns: [
    [/^(ENOTFOUND|ENODATA|ENONAME)$/, 'dns_not_found'],
    [/^(ETIMEOUT|ECANCELLED)$/, 'dns_timed_out'],
  ],
  tcp: [
    [/^ECONNREFUSED$/, 'tcp_refused'],
    [/^ETIMEDOUT$/, 'tcp_timed_out'],
    [/^(EHOSTUNREACH|EHOSTDOWN|EACCES|EPERM)$/, 'tcp_unreachable'],
    [/^(ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, 'no_route'],
  ],
  tls: [
    [/^CERT_HAS_EXPIRED$/, 'tls_expired'],
    [/^CERT_NOT_YET_VALID$/, 'tls_not_yet_valid'],
    [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'tls_wrong_host'],
    [/SELF_SIGNED|^UNABLE_TO_|^CERT_(UNTRUSTED|REJECTED|CHAIN)/, 'tls_untrusted'],
  ],
  backend: [],
}

/** What an error of a layer means, with the system's own codes as evidence. */
export function classifyFailure(layer: ProbeLayer, error: unknown): Readonly<{ code: FailureCode; evidence: string }> {
  const found = systemCodes(error)
  const row = CODES[layer].find(([pattern]) => found.some((code) => pattern.test(code)))
  return { code: row?.[1] ?? `${layer}_failed`, evidence: found.join(', ') || 'unknown failure' }
}
