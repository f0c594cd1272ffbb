import type { LocalizedText } from '@gradvis/kernel'
import { describeEvent, type StoredEvent } from '@gradvis/rollout'

import type { Summary } from '../Summary.ts'
import type { Timeline } from './Timeline.ts'

type Write = (line: string) => void

/** One JSON object per line, `kind` says of what: `event`, `note`, and `summary` for the last one. */
export class JsonTimeline implements Timeline {
  readonly #write: Write

  constructor(write: Write) {
    this.#write = write
  }

  event(stored: StoredEvent): void {
    this.#write(JSON.stringify({ kind: 'event', ...stored, text: describeEvent(stored) }))
  }

  note(text: LocalizedText, at: number): void {
    this.#write(JSON.stringify({ kind: 'note', at, text }))
  }

  /** Machines take the numbers from the events' verdicts and from the summary. */
  progress(): void {}

  summary(summary: Summary): void {
    this.#write(JSON.stringify({ kind: 'summary', ...summary }))
  }

  close(): void {}
}
