/** What can be wrong, in the order of the phases of a connection. */
export type LegacyProblem =
  | 'NO_NIC'
  | 'NO_IP'
  | 'DNS_UNKNOWN_NAME'
  | 'DNS_ERROR'
  | 'DNS_TIMEOUT'
  | 'CONNECT_NO_ROUTE'
  | 'CONNECT_UNREACHABLE'
  | 'CONNECT_REFUSED'
  | 'CONNECT_ERROR'
  | 'CONNECT_TIMEOUT'
  | 'CERT_EXPIRED'
  | 'CERT_TOO_EARLY'
  | 'CERT_UNTRUSTED'
  | 'CERT_OTHER_HOST'
  | 'TLS_ERROR'
  | 'TLS_TIMEOUT'
  | 'LOGIN_PAGE'
  | 'HTTP_STATUS'
  | 'HTTP_ERROR'
  | 'HTTP_TIMEOUT'

export type LegacyPhase = 'dns' | 'connect' | 'tls' | 'http'

/** No use in trying again before something changes on this machine. */
export function isLocalProblem(problem: LegacyProblem): boolean {
  return problem === 'NO_NIC' || problem === 'NO_IP' || problem === 'CONNECT_NO_ROUTE'
}

export function timeoutProblem(phase: LegacyPhase): LegacyProblem {
  switch (phase) {
    case 'dns':
      return 'DNS_TIMEOUT'
    case 'connect':
      return 'CONNECT_TIMEOUT'
    case 'tls':
      return 'TLS_TIMEOUT'
    case 'http':
      return 'HTTP_TIMEOUT'
  }
}

/** What an error means depends on how far the connection had come. */
export function problemOf(phase: LegacyPhase, codes: readonly string[]): LegacyProblem {
  switch (phase) {
    case 'dns':
      return dnsProblem(codes)
    case 'connect':
      return connectProblem(codes)
    case 'tls':
      return tlsProblem(codes)
    case 'http':
      return 'HTTP_ERROR'
  }
}

function dnsProblem(codes: readonly string[]): LegacyProblem {
  if (codes.includes('ENOTFOUND') || codes.includes('ENODATA') || codes.includes('ENONAME')) return 'DNS_UNKNOWN_NAME'
  if (codes.includes('ETIMEOUT') || codes.includes('ECANCELLED')) return 'DNS_TIMEOUT'
  return 'DNS_ERROR'
}

function connectProblem(codes: readonly string[]): LegacyProblem {
  // Several addresses may have been tried: the one that came furthest tells most.
  if (codes.includes('ECONNREFUSED')) return 'CONNECT_REFUSED'
  if (codes.includes('ETIMEDOUT')) return 'CONNECT_TIMEOUT'
  for (const code of ['EHOSTUNREACH', 'EHOSTDOWN', 'EACCES', 'EPERM']) {
    if (codes.includes(code)) return 'CONNECT_UNREACHABLE'
  }
  for (const code of ['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']) {
    if (codes.includes(code)) return 'CONNECT_NO_ROUTE'
  }
  return 'CONNECT_ERROR'
}

function tlsProblem(codes: readonly string[]): LegacyProblem {
  for (const code of codes) {
    if (code === 'CERT_HAS_EXPIRED') return 'CERT_EXPIRED'
    if (code === 'CERT_NOT_YET_VALID') return 'CERT_TOO_EARLY'
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'CERT_OTHER_HOST'
    if (code.includes('SELF_SIGNED') || code.startsWith('UNABLE_TO_')) return 'CERT_UNTRUSTED'
    if (/^CERT_(UNTRUSTED|REJECTED|CHAIN)/.test(code)) return 'CERT_UNTRUSTED'
  }
  return 'TLS_ERROR'
}

/** The error's code and those of the errors inside it, each once. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = []
  const visit = (one: unknown): void => {
    if (!(one instanceof Error)) return
    const { code } = one as NodeJS.ErrnoException
    if (typeof code === 'string' && !codes.includes(code)) codes.push(code)
    if (one instanceof AggregateError) one.errors.forEach(visit)
    else visit(one.cause)
  }
  visit(error)
  return codes
}
