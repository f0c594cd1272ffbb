import type { Logger, LogLevel } from '@gradvis/kernel'
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'

import { traceFields } from './telemetry/traceFields.ts'

export type PinoLoggerOptions = Readonly<{
  /** Lines below it are dropped. Default `info`. */
  level?: LogLevel | 'silent'
  /** Where lines go. Default: standard error, so that standard output stays the program's own. */
  destination?: DestinationStream
}>

/** JSON lines by pino behind the Logger port. What is written inside a span carries its `trace_id` and `span_id`. */
export function createPinoLogger({
  level = 'info',
  destination = pino.destination(2),
}: PinoLoggerOptions = {}): Logger {
  return behindPort(pino({ level, base: null, mixin: traceFields }, destination))
}

function behindPort(logger: PinoLogger): Logger {
  const writer =
    (level: LogLevel) =>
    (message: string, fields: object = {}) =>
      logger[level](fields, message)
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: (fields) => behindPort(logger.child(fields)),
  }
}
