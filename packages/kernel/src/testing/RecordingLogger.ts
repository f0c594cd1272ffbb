import type { LogFields, Logger, LogLevel } from '../Logger.ts'

export type LogLine = Readonly<{ level: LogLevel; message: string; fields: LogFields }>

/** Keeps every line in `lines`; children write to the same list. */
export class RecordingLogger implements Logger {
  readonly lines: LogLine[]
  readonly #fields: LogFields

  constructor(lines: LogLine[] = [], fields: LogFields = {}) {
    this.lines = lines
    this.#fields = fields
  }

  readonly debug = this.#writer('debug')
  readonly info = this.#writer('info')
  readonly warn = this.#writer('warn')
  readonly error = this.#writer('error')

  child(fields: LogFields): Logger {
    return new RecordingLogger(this.lines, { ...this.#fields, ...fields })
  }

  #writer(level: LogLevel) {
    return (message: string, fields: LogFields = {}) => {
      this.lines.push({ level, message, fields: { ...this.#fields, ...fields } })
    }
  }
}
