import { emptyStatus, parseStoredEvent, type RolloutStatus, step, type StoredEvent } from '@gradvis/rollout'

/** Where a log does not hold together. `backwards` happens to honest logs of several machines and is no error. */
export type LogProblem = Readonly<
  | { kind: 'no-event'; line: number }
  | { kind: 'gap'; line: number; sequence: number; previous: number }
  | { kind: 'without-effect'; line: number; sequence: number; type: string }
  | { kind: 'backwards'; line: number; sequence: number; byMs: number }
>

export type CheckedLog = Readonly<{ events: number; problems: readonly LogProblem[]; status: RolloutStatus }>

/** Folds a log that was exported as JSON Lines, and says at which line it is inconsistent. Blank lines count for nothing. */
export function checkLog(text: string): CheckedLog {
  const problems: LogProblem[] = []
  let [status, events] = [emptyStatus, 0]
  let last: StoredEvent | undefined
  for (const [index, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue
    const line = index + 1
    const stored = parseStoredEvent(parsed(content))
    if (stored === undefined) {
      problems.push({ kind: 'no-event', line })
      continue
    }
    const next = step(status, stored)
    problems.push(...problemsOf({ stored, last, line, before: status, next }))
    ;[status, last, events] = [next, stored, events + 1]
  }
  return { events, problems, status }
}

function problemsOf({
  stored,
  last,
  line,
  before,
  next,
}: Readonly<{
  stored: StoredEvent
  last: StoredEvent | undefined
  line: number
  before: RolloutStatus
  next: RolloutStatus
}>): readonly LogProblem[] {
  const { sequence, at, event } = stored
  const previous = last?.sequence ?? 0
  const problems: LogProblem[] = []
  if (sequence !== previous + 1) problems.push({ kind: 'gap', line, sequence, previous })
  if (last && at < last.at) problems.push({ kind: 'backwards', line, sequence, byMs: last.at - at })
  if (!hasEffect(before, next) && !MAY_REPEAT.has(event.type))
    problems.push({ kind: 'without-effect', line, sequence, type: event.type })
  return problems
}

/** These may say again what is so already: an emergency stop is always carried out, an observation observed by two. */
const MAY_REPEAT: ReadonlySet<StoredEvent['event']['type']> = new Set(['emergency_stop_set', 'guardrail_observed'])

function hasEffect(before: RolloutStatus, next: RolloutStatus): boolean {
  const { sequence: _one, at: _at, ...was } = before
  const { sequence: _other, at: _later, ...is } = next
  return JSON.stringify(was) !== JSON.stringify(is)
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
