import { createInterface } from 'node:readline/promises'

import { toJsonText } from './escapeControls.ts'
import { cropLine, type Line, lineText } from './Line.ts'

/** The streams of a process, as far as a terminal needs them. */
export type Streams = Readonly<{
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }
  stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
}>

/** The door to the operator: everything that is printed or asked goes through it and is escaped here. */
export class Terminal {
  readonly #streams: Streams
  readonly #plain: boolean

  /** `env` as the process has it: NO_COLOR (https://no-color.org) and TERM=dumb turn styles off. */
  constructor(streams: Streams, env: Readonly<Record<string, string | undefined>>) {
    this.#streams = streams
    this.#plain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb'
  }

  /** Somebody sits there who can be asked. */
  get canAsk(): boolean {
    return this.#streams.stdin.isTTY === true && this.#streams.stderr.isTTY === true
  }

  /** Standard output is a screen that can be drawn on again and again. */
  get canRedraw(): boolean {
    return this.#streams.stdout.isTTY === true
  }

  print(lines: readonly Line[]): void {
    const { stdout } = this.#streams
    stdout.write(lines.map((line) => `${lineText(line, stdout.isTTY === true && !this.#plain)}\n`).join(''))
  }

  printJson(value: unknown): void {
    this.#streams.stdout.write(`${toJsonText(value)}\n`)
  }

  /** To standard error, which leaves standard output to what was asked for. */
  note(lines: readonly Line[]): void {
    const { stderr } = this.#streams
    stderr.write(lines.map((line) => `${lineText(line, stderr.isTTY === true && !this.#plain)}\n`).join(''))
  }

  /** Asks on standard error. The end of the input (Ctrl+D) is an empty answer; rejects when the signal is aborted. */
  async ask(question: string, signal: AbortSignal): Promise<string> {
    const { stdin, stderr } = this.#streams
    const prompt = createInterface({ input: stdin, output: stderr })
    const interrupted = new AbortController()
    // In raw mode Ctrl+C is a key and no signal: readline tells of it.
    prompt.on('SIGINT', () => interrupted.abort())
    const ended = new Promise<string>((resolve) => prompt.once('close', () => resolve('')))
    try {
      const answer = prompt.question(question, { signal: AbortSignal.any([signal, interrupted.signal]) })
      return await Promise.race([answer, ended])
    } finally {
      prompt.close()
    }
  }

  /** A screen of its own to draw on, and the way back; what was on the terminal before is there again afterwards. */
  openScreen(): Readonly<{ draw(lines: readonly Line[]): void; close(): void }> {
    const { stdout } = this.#streams
    stdout.write(`${CSI}?1049h${CSI}?25l`)
    return {
      draw: (lines) => stdout.write(this.#frame(lines)),
      close: () => stdout.write(`${CSI}?25h${CSI}?1049l`),
    }
  }

  /** Overwrites instead of clearing, within one synchronized update: nothing flickers. */
  #frame(lines: readonly Line[]): string {
    const { columns = 80, rows = 24 } = this.#streams.stdout
    const shown = lines.slice(0, rows).map((line) => lineText(cropLine(line, columns), !this.#plain))
    return `${CSI}?2026h${CSI}H${shown.map((text) => `${text}${CSI}K`).join('\r\n')}${CSI}J${CSI}?2026l`
  }
}

const CSI = '\u001B['
