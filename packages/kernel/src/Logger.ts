export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export type LogFields = Readonly<Record<string, unknown>>

/**
 * Structured logging. The message is constant text; everything that varies goes into `fields`, which must hold no
 * personal data. Logging never throws.
 */
export interface Logger extends Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>> {
  /** A logger whose every line also carries `fields`. */
  child(fields: LogFields): Logger
}

const nothing = () => {}

export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
}
