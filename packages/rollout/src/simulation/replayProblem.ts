import type { LocalizedText } from '@gradvis/kernel'

/** Where a log does not hold together, or where today's engine would have done otherwise. */
export const REPLAY_PROBLEMS = [
  'sequence_gap',
  'sequence_doubled',
  'event_ignored',
  'clock_backwards',
  'verdict_missing',
  'verdict_contradicts',
  'plan_unreadable',
  'decided_otherwise',
] as const
export type ReplayProblemCode = (typeof REPLAY_PROBLEMS)[number]

/**
 * `note`: remarkable, but what honest logs may have: clocks of several machines, and an engine or windows that are not
 * those of then.
 */
export type ReplayProblem = Readonly<{
  code: ReplayProblemCode
  severity: 'error' | 'note'
  sequence: number
  text: LocalizedText
}>

const NOTES: ReadonlySet<ReplayProblemCode> = new Set(['clock_backwards', 'decided_otherwise'])

export function replayProblem(code: ReplayProblemCode, sequence: number, text: LocalizedText): ReplayProblem {
  return { code, severity: NOTES.has(code) ? 'note' : 'error', sequence, text }
}
