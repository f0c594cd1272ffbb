import type { LocalizedText } from '@gradvis/kernel'

import { adviceFor } from '../adviceFor.ts'
import type { BackendCheck, EndpointCheck } from '../BackendCheck.ts'
import type { Diagnosis, LayerFinding } from '../Diagnosis.ts'
import type { FailureCode } from '../FailureCode.ts'
import type { Layer, ProbeLayer } from '../Layer.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import type { NetworkStatus, Target, TargetStatus } from '../NetworkStatus.ts'
import type { LegacyConfig } from './LegacyConfig.ts'
import type { LegacyPingRound } from './LegacyNetworkConnectivity.ts'
import type { LegacyPingResult } from './LegacyPing.ts'
import type { LegacyPhase, LegacyProblem } from './legacyProblems.ts'
import type { LegacyArea, LegacyAreaState, LegacySnapshot } from './LegacyState.ts'
import type { LegacyStage, LegacyStageReport, LegacyTroubleshooting } from './LegacyTroubleshooting.ts'

const CODES = {
  NO_NIC: 'no_interface',
  NO_IP: 'no_address',
  DNS_UNKNOWN_NAME: 'dns_not_found',
  DNS_ERROR: 'dns_failed',
  DNS_TIMEOUT: 'dns_timed_out',
  CONNECT_NO_ROUTE: 'no_route',
  CONNECT_UNREACHABLE: 'tcp_unreachable',
  CONNECT_REFUSED: 'tcp_refused',
  CONNECT_ERROR: 'tcp_failed',
  CONNECT_TIMEOUT: 'tcp_timed_out',
  CERT_EXPIRED: 'tls_expired',
  CERT_TOO_EARLY: 'tls_not_yet_valid',
  CERT_UNTRUSTED: 'tls_untrusted',
  CERT_OTHER_HOST: 'tls_wrong_host',
  TLS_ERROR: 'tls_failed',
  TLS_TIMEOUT: 'tls_timed_out',
  LOGIN_PAGE: 'portal_suspected',
  HTTP_STATUS: 'backend_status',
  HTTP_ERROR: 'backend_failed',
  HTTP_TIMEOUT: 'backend_timed_out',
} as const satisfies Record<LegacyProblem, FailureCode>

const PROBE_LAYERS = { dns: 'dns', connect: 'tcp', tls: 'tls', http: 'backend' } as const satisfies Record<
  LegacyPhase,
  ProbeLayer
>
const LAYERS = { nic: 'interface', ip: 'address', ...PROBE_LAYERS } as const satisfies Record<LegacyStage, Layer>
const OUTCOMES = { good: 'ok', bad: 'failed', untested: 'skipped' } as const
const TARGETS = { link: 'link', internet: 'internet', own: 'backend' } as const satisfies Record<LegacyArea, Target>
const ROLES = { own: 'backend', internet: 'internet' } as const

/** What the options call the settings that legacy calls otherwise. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  targets: 'endpoints',
  nameservers: 'dnsServers',
  pollEvery: 'intervalMs',
  retryFrom: 'initialBackoffMs',
  retryTo: 'maxBackoffMs',
  pingTimeout: 'probeTimeoutMs',
  troubleshootTimeout: 'diagnosisDeadlineMs',
  listInterfaces: 'interfaces',
}

/** What legacy says of a setting that it refuses, under the name that whoever set it knows. */
export function refusedSetting(legacyName: string): LocalizedText {
  const name = Object.hasOwn(OPTION_NAMES, legacyName) ? OPTION_NAMES[legacyName] : legacyName
  return { sv: `${name}: godtas inte`, en: `${name}: is not accepted` }
}

export function toLegacyConfig(options: Omit<NetworkConnectivityOptions, 'monitoring'>): LegacyConfig {
  const { endpoints, dnsServers, intervalMs, initialBackoffMs, maxBackoffMs, interfaces, ...rest } = options
  const { probeTimeoutMs, diagnosisDeadlineMs, ...unknown } = rest
  return {
    // Unknown settings are passed on, so that legacy can refuse them by name.
    ...unknown,
    targets: endpoints?.map(({ name, url, role, expectBody, echo, ca }) => ({
      label: name,
      href: url,
      // What legacy does not know is for legacy to refuse.
      kind: role === 'backend' ? 'own' : role,
      mustContain: expectBody,
      mustEcho: echo,
      trust: ca,
    })),
    nameservers: dnsServers,
    pollEvery: intervalMs,
    retryFrom: initialBackoffMs,
    retryTo: maxBackoffMs,
    pingTimeout: probeTimeoutMs,
    troubleshootTimeout: diagnosisDeadlineMs,
    listInterfaces: interfaces,
  }
}

export function toTarget(area: LegacyArea): Target {
  return TARGETS[area]
}

export function toStatus({ link, internet, own, polling, lastPing }: LegacySnapshot): NetworkStatus {
  return Object.freeze({
    link: toTargetStatus(link),
    internet: toTargetStatus(internet),
    backend: toTargetStatus(own),
    monitoring: polling,
    checkedAt: lastPing === null ? null : new Date(lastPing).toISOString(),
  })
}

function toTargetStatus({ reachable, since, reason }: LegacyAreaState): TargetStatus {
  return Object.freeze({
    reachable: reachable === null ? 'unknown' : reachable ? 'yes' : 'no',
    since: new Date(since).toISOString(),
    cause: reason === null ? null : CODES[reason],
  })
}

export function toBackendCheck({ finished, pings }: LegacyPingRound): BackendCheck {
  return { checkedAt: new Date(finished).toISOString(), endpoints: pings.map(toEndpointCheck) }
}

function toEndpointCheck({ label, kind, up, httpStatus, problem, took, timings }: LegacyPingResult): EndpointCheck {
  return {
    endpoint: label,
    role: ROLES[kind],
    reachable: up,
    statusCode: httpStatus,
    errorCode: problem === null ? null : CODES[problem],
    durationMs: took,
    steps: timings.map(({ phase, passed, took: durationMs, note: evidence }) => ({
      layer: PROBE_LAYERS[phase],
      ok: passed,
      durationMs,
      evidence,
    })),
  }
}

export function toDiagnosis({ begun, took, brokenStage, problem, stages, pings }: LegacyTroubleshooting): Diagnosis {
  const code = problem === null ? null : CODES[problem]
  const verdict = code !== null ? 'failed' : pings.length > 0 ? 'ok' : 'unknown'
  return {
    startedAt: new Date(begun).toISOString(),
    durationMs: took,
    verdict,
    firstFailingLayer: brokenStage === null ? null : LAYERS[brokenStage],
    code,
    recommendation: adviceFor(code ?? (verdict === 'ok' ? 'all_well' : 'nothing_to_probe')),
    layers: stages.map(toFinding),
    endpoints: pings.map(toEndpointCheck),
  }
}

function toFinding({ stage, state, problem, took, notes }: LegacyStageReport): LayerFinding {
  const outcome = OUTCOMES[state]
  const code = problem === null ? null : CODES[problem]
  const recommendation = adviceFor(code ?? (outcome === 'skipped' ? 'layer_skipped' : 'layer_ok'))
  return { layer: LAYERS[stage], outcome, durationMs: took, evidence: notes, code, recommendation }
}
