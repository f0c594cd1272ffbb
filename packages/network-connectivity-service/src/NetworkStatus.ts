import { z } from 'zod'

import { FAILURE_CODES } from './FailureCode.ts'

/** `unknown`: there is no evidence (yet), which is neither good nor bad news. */
export const REACHABILITIES = ['yes', 'no', 'unknown'] as const
export type Reachability = (typeof REACHABILITIES)[number]

/** What is judged apart: this machine's own link, the world outside, and the application's own servers. */
export const TARGETS = ['link', 'internet', 'backend'] as const
export type Target = (typeof TARGETS)[number]

const TargetStatus = z
  .strictObject({
    reachable: z.enum(REACHABILITIES),
    /** When it became so; for `unknown` when the service was made. */
    since: z.iso.datetime(),
    /** Why it is `no`; null otherwise. */
    cause: z.enum(FAILURE_CODES).nullable(),
  })
  .readonly()
export type TargetStatus = z.infer<typeof TargetStatus>

/** A snapshot: frozen, never changed after it was handed out. */
export const NetworkStatus = z
  .strictObject({
    link: TargetStatus,
    /** Yes when any endpoint of the role `internet` answers; without one it stays `unknown`. */
    internet: TargetStatus,
    /** Yes when every endpoint of the role `backend` answers; without one it stays `unknown`. */
    backend: TargetStatus,
    monitoring: z.boolean(),
    /** When endpoints were last probed; null before the first time. */
    checkedAt: z.iso.datetime().nullable(),
  })
  .readonly()
export type NetworkStatus = z.infer<typeof NetworkStatus>
