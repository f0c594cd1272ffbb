import type { ServiceError } from '@gradvis/kernel'

import { mediaErrors } from './mediaErrors.ts'

const CODES = {
  NotAllowedError: 'permission_denied',
  SecurityError: 'permission_denied',
  NotFoundError: 'device_not_found',
  OverconstrainedError: 'device_not_found',
  NotReadableError: 'device_busy',
  AbortError: 'device_busy',
} as const

/** The errors of `getUserMedia` (W3C Media Capture, §10) as ServiceErrors; undefined for any other. */
export function toMediaError(error: unknown): ServiceError | undefined {
  const name = error instanceof Error ? error.name : ''
  return Object.hasOwn(CODES, name)
    ? mediaErrors.create(CODES[name as keyof typeof CODES], {}, { cause: error })
    : undefined
}
