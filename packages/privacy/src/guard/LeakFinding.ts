import type { Implementation } from '@gradvis/kernel'

import type { Mistakable } from '../detection/Finding.ts'
import type { PersonalDataKind } from '../detection/PersonalDataKind.ts'

/** Everything that a service emits leaves through one of these. */
export const LEAK_CHANNELS = ['log', 'error', 'metric', 'trace', 'audit', 'cache-key', 'webhook'] as const
export type LeakChannel = (typeof LEAK_CHANNELS)[number]

/** Whose output it is. Absent parts are not known, as for what the application itself emits. */
export type LeakSource = Readonly<{ service?: string | undefined; implementation?: Implementation | undefined }>

/** Personal data in what was about to leave, in a field that was not declared to hold any. Never the value. */
export type LeakFinding = LeakSource &
  Mistakable &
  Readonly<{
    channel: LeakChannel
    kind: PersonalDataKind
    path: string
    /** It was taken out before it left. */
    redacted: boolean
  }>
