import type { LocalizedText } from '@gradvis/kernel'
import type { StoredEvent } from '@gradvis/rollout'

import type { Summary } from '../Summary.ts'

/** Where a demonstration tells what happens. None of these throws. */
export interface Timeline {
  /** Every event of the log, in order, once. */
  event(stored: StoredEvent): void
  /** What happens outside the log. */
  note(text: LocalizedText, at: number): void
  /** One line per service, as of now. */
  progress(lines: readonly string[]): void
  /** The last thing it is told. */
  summary(summary: Summary): void
  /** Leaves the terminal as it was. Idempotent. */
  close(): void
}
