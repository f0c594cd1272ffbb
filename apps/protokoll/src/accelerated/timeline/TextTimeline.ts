import type { Language, LocalizedText } from '@gradvis/kernel'
import { describeEvent, type RolloutEventType, type StoredEvent } from '@gradvis/rollout'

import { OPERATOR } from '../Operator.ts'
import type { Summary } from '../Summary.ts'
import { renderSummary } from './renderSummary.ts'
import type { Timeline } from './Timeline.ts'

/** How often the services' lines are written where they cannot be overwritten. */
const PLAIN_EVERY_MS = 5_000

type Screen = Readonly<{
  write: (text: string) => void
  /** Width of a terminal; undefined for a file or a pipe. */
  columns: () => number | undefined
}>

export type TextTimelineOptions = Readonly<{
  screen: Screen
  language: Language
  /** Where the plan's calendar stands at an instant, epoch milliseconds both. */
  calendarOf: (at: number) => number
  monotonicMs: () => number
}>

/** For people. On a terminal the services' lines stay at the bottom; elsewhere they come every five seconds. */
export class TextTimeline implements Timeline {
  readonly #options: TextTimelineOptions
  #block: readonly string[] = []
  #drawn = 0
  #progressMs = Number.NEGATIVE_INFINITY

  constructor(options: TextTimelineOptions) {
    this.#options = options
  }

  event(stored: StoredEvent): void {
    const { language } = this.#options
    const { event, actor, reason, at } = stored
    const loud = event.type === 'phase_entered' && actor === OPERATOR
    const mark = loud ? '‼' : MARKS[event.type]
    this.#say(`${this.#day(at)} ${mark} ${describeEvent(stored)[language]}`)
    if (reason !== undefined) this.#say(`             ${loud ? '‼ ' : ''}${actor}: ${reason}`)
  }

  note(text: LocalizedText, at: number): void {
    this.#say(`${this.#day(at)} · ${text[this.#options.language]}`)
  }

  progress(lines: readonly string[]): void {
    const { screen, monotonicMs } = this.#options
    this.#block = lines
    if (screen.columns() !== undefined) return this.#draw()
    if (monotonicMs() - this.#progressMs < PLAIN_EVERY_MS) return
    this.#progressMs = monotonicMs()
    screen.write(lines.map((line) => `             ${line}\n`).join(''))
  }

  summary(summary: Summary): void {
    this.close()
    this.#options.screen.write(`\n${renderSummary(summary, this.#options)}\n`)
  }

  close(): void {
    this.#erase()
    this.#block = []
  }

  #say(line: string): void {
    this.#erase()
    this.#options.screen.write(`${line}\n`)
    if (this.#options.screen.columns() !== undefined) this.#draw()
  }

  #draw(): void {
    const { screen } = this.#options
    this.#erase()
    // A line that wraps would be two when it is overwritten.
    const width = Math.max(20, (screen.columns() ?? 80) - 1)
    for (const line of this.#block) screen.write(`${line.slice(0, width)}\n`)
    this.#drawn = this.#block.length
  }

  #erase(): void {
    if (this.#drawn > 0) this.#options.screen.write(`\u001B[${this.#drawn}A\u001B[J`)
    this.#drawn = 0
  }

  #day(at: number): string {
    return new Date(this.#options.calendarOf(at)).toISOString().slice(5, 16).replace('T', ' ')
  }
}

const MARKS = {
  plan_adopted: '•',
  phase_entered: '▶',
  completed: '✔',
  paused: '⏸',
  resumed: '▶',
  rolled_back: '✖',
  percentage_set: '▶',
  emergency_stop_set: '✖',
  incident_reported: '!',
  incident_released: '•',
  signed_off: '✎',
  probe_reported: '•',
  guardrail_observed: '!',
} as const satisfies Record<RolloutEventType, string>
