import { LOG_LEVELS, type LogFields, type Logger, type LogLevel } from '@gradvis/kernel'

import type { LeakGuard } from './LeakGuard.ts'
import type { LeakSource } from './LeakFinding.ts'

/** A logger whose lines pass the guard, message, fields and those of its children. */
export function guardLogger(logger: Logger, guard: LeakGuard, source: LeakSource): Logger {
  const emission = { channel: 'log', source } as const
  const writer = (level: LogLevel) => (message: string, fields?: LogFields) => {
    const text = guard.clean(message, emission)
    if (fields === undefined) logger[level](text)
    else logger[level](text, guard.clean(fields, emission))
  }
  const writers = Object.fromEntries(LOG_LEVELS.map((level) => [level, writer(level)])) as Omit<Logger, 'child'>
  return {
    ...writers,
    child: (fields) => guardLogger(logger.child(guard.clean(fields, emission)), guard, source),
  }
}
