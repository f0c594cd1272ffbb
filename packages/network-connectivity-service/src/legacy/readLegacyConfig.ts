import { Resolver } from 'node:dns'
import { networkInterfaces } from 'node:os'

import type { LegacyConfig, LegacySettings, LegacyTarget, LegacyTargetConfig } from './LegacyConfig.ts'
import { LegacyNetworkError } from './LegacyNetworkError.ts'

const ONE_DAY = 86_400_000
const MAX_TARGETS = 50
const MAX_LABEL_LENGTH = 100
const MAX_HREF_LENGTH = 2048
const MAX_EXPECTED_LENGTH = 1024

const KNOWN_SETTINGS = new Set([
  'targets',
  'nameservers',
  'pollEvery',
  'retryFrom',
  'retryTo',
  'pingTimeout',
  'troubleshootTimeout',
  'listInterfaces',
])

/** Checks everything that came from outside and fills in the defaults. Throws BAD_CONFIG or BAD_TARGET. */
export function readLegacyConfig(config: LegacyConfig): LegacySettings {
  if (typeof config !== 'object' || config === null) throw badConfig('config', 'must be an object')
  for (const key of Object.keys(config)) {
    if (!KNOWN_SETTINGS.has(key)) throw badConfig(key, 'is not a setting')
  }
  if (config.listInterfaces !== undefined && typeof config.listInterfaces !== 'function') {
    throw badConfig('listInterfaces', 'must be a function')
  }
  return {
    targets: readTargets(config.targets),
    nameservers: readNameservers(config.nameservers),
    pollEvery: readDuration('pollEvery', config.pollEvery, 30_000),
    retryFrom: readDuration('retryFrom', config.retryFrom, 1_000),
    retryTo: readDuration('retryTo', config.retryTo, 60_000),
    pingTimeout: readDuration('pingTimeout', config.pingTimeout, 2_000),
    troubleshootTimeout: readDuration('troubleshootTimeout', config.troubleshootTimeout, 2_000),
    listInterfaces: config.listInterfaces ?? networkInterfaces,
  }
}

function readDuration(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > ONE_DAY) {
    throw badConfig(name, `must be a whole number of milliseconds from 1 to ${ONE_DAY}`)
  }
  return value
}

function readNameservers(value: unknown): readonly string[] | null {
  if (value === undefined) return null
  if (!Array.isArray(value) || value.length === 0) throw badConfig('nameservers', 'must be a list of addresses')
  try {
    new Resolver().setServers(value as string[])
  } catch (error) {
    throw badConfig('nameservers', 'must be a list of addresses', error)
  }
  return [...(value as string[])]
}

function readTargets(value: unknown): readonly LegacyTarget[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badConfig('targets', 'must be a list')
  if (value.length > MAX_TARGETS) throw badConfig('targets', `must be at most ${MAX_TARGETS}`)
  const labels = new Set<string>()
  const targets: LegacyTarget[] = []
  for (const item of value) {
    const target = readTarget(item)
    if (labels.has(target.label)) throw badTarget(target.label, 'the label is used twice')
    labels.add(target.label)
    targets.push(target)
  }
  return targets
}

function readTarget(value: unknown): LegacyTarget {
  if (typeof value !== 'object' || value === null) throw badConfig('targets', 'must hold objects')
  const { label, href, kind, mustContain, mustEcho, trust } = value as LegacyTargetConfig
  if (typeof label !== 'string' || label.length === 0 || label.length > MAX_LABEL_LENGTH) {
    throw badConfig('targets', `each needs a label of 1 to ${MAX_LABEL_LENGTH} characters`)
  }
  if (kind !== undefined && kind !== 'own' && kind !== 'internet') throw badConfig('targets', 'kind is own or internet')
  if (mustContain !== undefined && !isShortText(mustContain)) {
    throw badConfig('targets', `mustContain is a text of 1 to ${MAX_EXPECTED_LENGTH} characters`)
  }
  if (mustEcho !== undefined && typeof mustEcho !== 'boolean') throw badConfig('targets', 'mustEcho is true or false')
  if (trust !== undefined && typeof trust !== 'string') throw badConfig('targets', 'trust is a text in PEM')
  if (typeof href !== 'string' || href.length > MAX_HREF_LENGTH) throw badConfig('targets', 'each needs a href')
  const url = readUrl(label, href)
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  return {
    label,
    url,
    hostname,
    isSecure: url.protocol === 'https:',
    isLocal: isLocalHost(hostname),
    kind: kind ?? 'own',
    mustContain: mustContain ?? null,
    mustEcho: mustEcho ?? false,
    trust: trust ?? null,
  }
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_EXPECTED_LENGTH
}

function readUrl(label: string, href: string): URL {
  let url: URL
  try {
    url = new URL(href)
  } catch {
    // The cause is left out on purpose: it quotes the address, which may hold a password.
    throw badTarget(label, 'the address is not a URL')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw badTarget(label, 'only http and https are allowed')
  if (url.username || url.password) throw badTarget(label, 'the address must not hold a user name or password')
  return url
}

function isLocalHost(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  return hostname === '::1' || hostname.startsWith('127.')
}

function badConfig(subject: string, problem: string, cause?: unknown): LegacyNetworkError {
  return new LegacyNetworkError('BAD_CONFIG', subject, `${subject}: ${problem}`, { cause })
}

function badTarget(label: string, problem: string): LegacyNetworkError {
  return new LegacyNetworkError('BAD_TARGET', label, `target ${label}: ${problem}`)
}
