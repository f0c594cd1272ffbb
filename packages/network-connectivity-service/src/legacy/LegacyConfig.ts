import type { NetworkInterfaceInfo } from 'node:os'

export type LegacyTargetConfig = Readonly<{
  label: string
  href: string
  kind?: 'own' | 'internet' | undefined
  mustContain?: string | undefined
  mustEcho?: boolean | undefined
  trust?: string | undefined
}>

/** Durations are in milliseconds. */
export type LegacyConfig = Readonly<{
  targets?: readonly LegacyTargetConfig[] | undefined
  nameservers?: readonly string[] | undefined
  pollEvery?: number | undefined
  retryFrom?: number | undefined
  retryTo?: number | undefined
  pingTimeout?: number | undefined
  troubleshootTimeout?: number | undefined
  listInterfaces?: (() => Record<string, readonly NetworkInterfaceInfo[] | undefined>) | undefined
}>

/** A target that has been checked and taken apart. */
export type LegacyTarget = Readonly<{
  label: string
  url: URL
  hostname: string
  isSecure: boolean
  isLocal: boolean
  kind: 'own' | 'internet'
  mustContain: string | null
  mustEcho: boolean
  trust: string | null
}>

export type LegacySettings = Readonly<{
  targets: readonly LegacyTarget[]
  nameservers: readonly string[] | null
  pollEvery: number
  retryFrom: number
  retryTo: number
  pingTimeout: number
  troubleshootTimeout: number
  listInterfaces: () => Record<string, readonly NetworkInterfaceInfo[] | undefined>
}>
