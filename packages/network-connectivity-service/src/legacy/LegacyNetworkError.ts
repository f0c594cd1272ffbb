export type LegacyErrorCode = 'BAD_TARGET' | 'BAD_CONFIG' | 'BAD_LISTENER' | 'ABORTED' | 'NOT_OPEN'

/** `subject` is the name of the target or setting that the error is about. */
export class LegacyNetworkError extends Error {
  override readonly name = 'LegacyNetworkError'
  readonly code: LegacyErrorCode
  readonly subject: string

  constructor(code: LegacyErrorCode, subject: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.subject = subject
  }
}
