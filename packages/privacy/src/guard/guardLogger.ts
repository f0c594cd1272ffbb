import { LOG_LEVELS, type LogFields, type Logger, type LogLevel } from '@gradvis/kernel'

import type { LeakGuard } from './LeakGuard.ts'
import type { LeakSource } from './LeakFinding.ts'

/** A logger whose lines pass the guard, message, fields and those of its children. */
export function guardLogger(logger: Logger, guard: LeakGuard, source: LeakSource): Logger {
  const emission = { channel: 'log', source } as const
  const writer = (level: LogLevel) => (message: string, fields?: LogFields) => {
    const text = guard.clean(message, emission)
    if (fields === undefined) logger[level](text)
    else logger[level](text, cleanFields(fields))
  }
  const cleanFields = (fields: LogFields): LogFields => {
    const cleaned: unknown = guard.clean(fields, emission)
    // What cannot be read is a text in the place of all fields.
    return typeof cleaned === 'object' ? (cleaned as LogFields) : { fields: cleaned }
  }
  const writers = Object.fromEntries(LOG_LEVELS.map((level) => [level, writer(level)])) as Omit<Logger, 'child'>
  return {
    ...writers,
    child: (fields) => guardLogger(logger.child(cleanFields(fields)), guard, source),
  }
}
