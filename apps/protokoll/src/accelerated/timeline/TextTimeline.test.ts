import type { StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { OPERATOR } from '../Operator.ts'
import { TextTimeline } from './TextTimeline.ts'

const entered = (actor: string, reason?: string): StoredEvent => ({
  sequence: 1,
  at: 0,
  actor,
  ...(reason !== undefined && { reason }),
  event: { type: 'phase_entered', service: 'BackupService', phase: 'full', percentageBps: 10_000 },
})

function timelineOn(columns: number | undefined) {
  const written: string[] = []
  const clock = { ms: 0 }
  const timeline = new TextTimeline({
    screen: { write: (text) => void written.push(text), columns: () => columns },
    language: 'en',
    calendarOf: () => Date.parse('2025-01-15T08:00:00Z'),
    monotonicMs: () => clock.ms,
  })
  return { timeline, clock, text: () => written.join('') }
}

describe('the timeline for people', () => {
  it('says what happened, on the day of the plan’s calendar', () => {
    const { timeline, text } = timelineOn(undefined)
    timeline.event(entered('engine@a'))
    expect(text()).toBe('01-15 08:00 ▶ BackupService enters phase full at 100%.\n')
  })

  it('is loud about a promotion by hand', () => {
    const { timeline, text } = timelineOn(undefined)
    timeline.event(entered(OPERATOR, 'GATE NOT MET'))
    expect(text()).toMatch(/‼ BackupService enters.*\n\s+‼ demonstration: GATE NOT MET\n/)
  })

  it('repeats the services every five seconds in a file', () => {
    const { timeline, clock, text } = timelineOn(undefined)
    for (clock.ms = 0; clock.ms <= 10_000; clock.ms += 500) timeline.progress(['line'])
    expect(text().match(/line/g)).toHaveLength(3)
  })

  it('keeps the services at the bottom of a terminal, no wider than it is', () => {
    const { timeline, text } = timelineOn(30)
    timeline.progress(['x'.repeat(50)])
    timeline.event(entered('engine@a'))
    timeline.close()
    const line = `${'x'.repeat(29)}\n`
    const erase = '\u001B[1A\u001B[J'
    expect(text()).toBe(`${line}${erase}01-15 08:00 ▶ BackupService enters phase full at 100%.\n${line}${erase}`)
  })
})
