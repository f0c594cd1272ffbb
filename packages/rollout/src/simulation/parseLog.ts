import { rolloutErrors } from '../rolloutErrors.ts'
import { parseStoredEvent, type StoredEvent } from '../state/RolloutEvent.ts'

/**
 * Reads a log of JSON Lines, as it is exported. Blank lines count for nothing; whether the events fit together is for
 * `replay` to say. Throws `rollout.invalid_log_line` with the number of the first line that is no event.
 */
export function parseLog(text: string): readonly StoredEvent[] {
  // A byte order mark is what an editor may have left.
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  return lines.flatMap((content, index) => (content.trim() === '' ? [] : [eventOf(content, index + 1)]))
}

function eventOf(content: string, line: number): StoredEvent {
  const stored = parseStoredEvent(valueOf(content, line))
  if (stored !== undefined) return stored
  const details = {
    sv: 'fälten är inte en händelses (sequence, at, actor, event)',
    en: 'its fields are not those of an event (sequence, at, actor, event)',
  }
  throw rolloutErrors.create('invalid_log_line', { line, details })
}

function valueOf(content: string, line: number): unknown {
  try {
    return JSON.parse(content)
  } catch (cause) {
    const details = { sv: 'den är inte JSON', en: 'it is not JSON' }
    throw rolloutErrors.create('invalid_log_line', { line, details }, { cause })
  }
}
