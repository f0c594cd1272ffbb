import type { NetworkInterfaceInfo } from 'node:os'

import { z } from 'zod'

import { Endpoint } from './Endpoint.ts'
import type { MonitoringIntent } from './MonitoringIntent.ts'

const durationMs = (defaultMs: number) => z.int().min(1).max(86_400_000).default(defaultMs)

/** The settings that are data, with their defaults. Durations are in milliseconds. */
export const NetworkConnectivitySettings = z.strictObject({
  endpoints: z.array(Endpoint).max(50).default([]),
  /** `address` or `address:port`. Absent: the system's, and its hosts file when they do not know a name. */
  dnsServers: z.array(z.string()).min(1).optional(),
  /** Between two rounds of probes while all is well. */
  intervalMs: durationMs(30_000),
  /** While it is not, round n waits a uniform random share of `initialBackoffMs × 2ⁿ⁻¹`, at most of `maxBackoffMs`. */
  initialBackoffMs: durationMs(1_000),
  maxBackoffMs: durationMs(60_000),
  /** For all steps of one probe together. */
  probeTimeoutMs: durationMs(2_000),
  /** For a whole diagnosis, however much of it hangs. */
  diagnosisDeadlineMs: durationMs(2_000),
})

export type NetworkInterfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

export type NetworkConnectivityOptions = Readonly<
  Omit<z.input<typeof NetworkConnectivitySettings>, 'endpoints'> & {
    endpoints?: readonly Endpoint[]
    /** Default: `os.networkInterfaces`. */
    interfaces?: () => NetworkInterfaces
    /** Hand the same one to both implementations, so that monitoring goes on after a change of implementation. */
    monitoring?: MonitoringIntent
  }
>
