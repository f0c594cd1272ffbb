import { productionFeatureFlags } from '@gradvis/feature-flags'
import { eventsOfCommand, foldState, type Command, type StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { checkLog } from './checkLog.ts'
import { toJsonLines } from './toJsonLines.ts'

const START = Date.parse('2025-01-10T08:00:00Z')

function logOf(...commands: readonly Command[]): readonly StoredEvent[] {
  const events: StoredEvent[] = []
  for (const command of commands) {
    const at = START + events.length * 60_000
    const written = eventsOfCommand(foldState(events), command, { actor: 'test', at })
    for (const event of written) events.push({ ...event, sequence: events.length + 1 })
  }
  return events
}

const honest = logOf(
  { type: 'adopt-plan', plan: productionFeatureFlags },
  { type: 'promote', service: 'BackupService' },
  { type: 'force-legacy', on: true },
  { type: 'force-legacy', on: true },
  { type: 'rollback', service: 'BackupService' },
)

describe('a log that is replayed', () => {
  it('leads to the state that it was written from', () => {
    const { status, problems, events } = checkLog(toJsonLines(honest))
    expect({ problems, events }).toEqual({ problems: [], events: 5 })
    expect(status).toEqual(foldState(honest))
  })

  it('tells of a line that is no event, and goes on', () => {
    const { problems, events } = checkLog(`{"sequence":1}\nnot JSON\n${toJsonLines(honest)}`)
    expect(problems).toEqual([
      { kind: 'no-event', line: 1 },
      { kind: 'no-event', line: 2 },
    ])
    expect(events).toBe(5)
  })

  it('tells of an event that is missing', () => {
    const { problems } = checkLog(toJsonLines(honest.toSpliced(2, 1)))
    expect(problems).toContainEqual({ kind: 'gap', line: 3, sequence: 4, previous: 2 })
  })

  it('tells of an event that the state before it forbids', () => {
    const forged = honest.with(1, { ...honest[1]!, event: { type: 'completed', service: 'BackupService' } })
    expect(checkLog(toJsonLines(forged)).problems).toContainEqual({
      kind: 'without-effect',
      line: 2,
      sequence: 2,
      type: 'completed',
    })
  })

  it('tells of a clock that went backwards', () => {
    const early = honest.with(3, { ...honest[3]!, at: START })
    expect(checkLog(toJsonLines(early)).problems).toEqual([{ kind: 'backwards', line: 4, sequence: 4, byMs: 120_000 }])
  })
})
