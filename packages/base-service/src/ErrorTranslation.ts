import type { ServiceError } from '@gradvis/kernel'

/**
 * What a failure that is no ServiceError yet means to callers, with the failure as its cause. Undefined: nothing is known
 * of it. Must not throw.
 */
export type ErrorTranslation = (error: unknown) => ServiceError | undefined
