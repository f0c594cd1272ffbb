import { interpolate, type Params } from './interpolate.ts'
import type { LocalizedText } from './Language.ts'

/** Whose fault a failure is. Only `service` faults count towards an error rate. */
export type Fault = 'caller' | 'service'

export type ErrorDefinition = LocalizedText & Readonly<{ fault: Fault; retryable: boolean }>

const brand = Symbol.for('gradvis.ServiceError')

/**
 * The one error that leaves a service. `code` is stable: it is the key of the localized text and the anchor in
 * `docs/errors.md`. `message` is the Swedish text; a `Localizer` renders other languages from `code` and `params`.
 * `params` must hold no personal data: they are logged and sent to clients.
 */
export class ServiceError extends Error {
  readonly code: string
  readonly fault: Fault
  /** Whether the same call may succeed if it is simply made again later. */
  readonly retryable: boolean
  readonly params: Params
  readonly [brand] = true

  constructor(code: string, definition: ErrorDefinition, params: Params = {}, options?: ErrorOptions) {
    super(interpolate(definition, params, 'sv'), options)
    this.code = code
    this.fault = definition.fault
    this.retryable = definition.retryable
    this.params = params
  }

  /** What may leave the process: no stack, no cause. */
  toJSON(): { code: string; fault: Fault; retryable: boolean; message: string; params: Params } {
    const { code, fault, retryable, message, params } = this
    return { code, fault, retryable, message, params }
  }
}

Object.defineProperty(ServiceError.prototype, 'name', { value: 'ServiceError' })

/** True for a ServiceError of any copy of this package. */
export function isServiceError(value: unknown): value is ServiceError {
  return typeof value === 'object' && value !== null && brand in value
}

/** True when a failure counts towards the error rate: a ServiceError that says so, or any other thrown value. */
export function isServiceFault(value: unknown): boolean {
  return isServiceError(value) ? value.fault === 'service' : true
}
