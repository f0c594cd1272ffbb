import { z } from 'zod'

import type { NetworkStatus, Target } from './NetworkStatus.ts'

/** What a listener is told. */
export type NetworkChange = Readonly<{
  status: NetworkStatus
  /** The snapshot before; null in the first call, which only says how things stand. */
  previous: NetworkStatus | null
  /** Whose `reachable` differs from `previous`. Empty in the first call. */
  changed: readonly Target[]
}>

/** Called in order and not waited for. What it throws or rejects with is logged and stops nobody else. */
export type NetworkListener = (change: NetworkChange) => unknown

export const NetworkListenerSchema = z.custom<NetworkListener>((value) => typeof value === 'function')
