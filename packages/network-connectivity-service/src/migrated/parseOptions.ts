import { Resolver } from 'node:dns'
import { networkInterfaces } from 'node:os'

import { validate } from '@gradvis/base-service'
import type { z } from 'zod'

import type { Endpoint } from '../Endpoint.ts'
import { createMonitoringIntent, type MonitoringIntent } from '../MonitoringIntent.ts'
import { networkConnectivityErrors } from '../networkConnectivityErrors.ts'
import {
  type NetworkConnectivityOptions,
  NetworkConnectivitySettings,
  type NetworkInterfaces,
} from '../NetworkConnectivityOptions.ts'

type Settings = z.output<typeof NetworkConnectivitySettings>

/** An endpoint whose address has been found harmless. */
export type ParsedEndpoint = Readonly<
  z.output<typeof Endpoint> & { address: URL; host: string; port: number; secure: boolean; loopback: boolean }
>

export type ParsedOptions = Readonly<
  Omit<Settings, 'endpoints'> & {
    endpoints: readonly ParsedEndpoint[]
    interfaces: () => NetworkInterfaces
    monitoring: MonitoringIntent
  }
>

const NO_DNS_SERVERS = {
  sv: 'dnsServers: ska vara IP-adresser, med port om det behövs',
  en: 'dnsServers: must be IP addresses, with a port where needed',
}
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** Throws `network.invalid_settings` or `network.invalid_endpoint`. */
export function parseOptions(options: NetworkConnectivityOptions): ParsedOptions {
  const { interfaces = networkInterfaces, monitoring = createMonitoringIntent(), ...settings } = options
  const validated = validate(NetworkConnectivitySettings, settings)
  if (!validated.ok) throw networkConnectivityErrors.create('invalid_settings', { details: validated.details })
  if (!areDnsServers(validated.value.dnsServers ?? []))
    throw networkConnectivityErrors.create('invalid_settings', { details: NO_DNS_SERVERS })
  const names = new Set<string>()
  const endpoints = validated.value.endpoints.map((endpoint) => {
    const parsed = names.has(endpoint.name) ? undefined : parseEndpoint(endpoint)
    if (!parsed) throw networkConnectivityErrors.create('invalid_endpoint', { endpoint: endpoint.name })
    names.add(endpoint.name)
    return parsed
  })
  return { ...validated.value, endpoints, interfaces, monitoring }
}

function parseEndpoint(endpoint: z.output<typeof Endpoint>): ParsedEndpoint | undefined {
  const address = URL.parse(endpoint.url)
  const defaultPort = address ? DEFAULT_PORTS[address.protocol] : undefined
  if (!address || defaultPort === undefined || address.username !== '' || address.password !== '') return undefined
  const host = address.hostname.replace(/^\[|\]$/g, '')
  const loopback = /^(localhost|.*\.localhost|127\..*|::1)$/.test(host)
  const port = address.port === '' ? defaultPort : Number(address.port)
  return { ...endpoint, address, host, port, secure: defaultPort === 443, loopback }
}

function areDnsServers(servers: readonly string[]): boolean {
  try {
    new Resolver().setServers(servers)
    return true
  } catch {
    return false
  }
}
