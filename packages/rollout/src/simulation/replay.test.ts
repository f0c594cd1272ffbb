import { describe, expect, it } from 'vitest'

import type { StoredEvent } from '../state/RolloutEvent.ts'
import { planWith } from '../testing/planWith.ts'
import { parseLog } from './parseLog.ts'
import { replay } from './replay.ts'
import { simulate } from './simulate.ts'

const HOUR_MS = 3_600_000
const plan = planWith()
const START = Date.parse('2025-01-10T08:00:00Z')

/** The first hours of the production plan, with a rollback of BackupService. */
const simulation = simulate({
  plan,
  seed: 4,
  keepWindows: true,
  scenario: {
    tickSeconds: 120,
    untilMs: START + 12 * HOUR_MS,
    faults: [{ service: 'BackupService', kind: 'errors', value: 0.2, afterMinutes: 60 }],
  },
})
const honest = simulation.log

function codesOf(log: readonly StoredEvent[]): readonly string[] {
  return replay(log).problems.map(({ code, sequence }) => `${code} ${sequence}`)
}

function find(type: StoredEvent['event']['type']): StoredEvent {
  return honest.find(({ event }) => event.type === type)!
}

/** The honest log with one event replaced. */
function forged(original: StoredEvent, changes: object): readonly StoredEvent[] {
  return honest.map((one) => (one === original ? { ...one, event: { ...one.event, ...changes } } : one))
}

describe('an honest log', () => {
  it('has no problem, and every step tells what happened in both languages', () => {
    const { problems, steps, status } = replay(honest, { windows: simulation.windows })
    expect(problems).toEqual([])
    expect(status).toEqual(simulation.status)
    expect(steps.map(({ stored }) => stored)).toEqual(honest)
    for (const { text } of steps) expect(text.sv).not.toBe(text.en)
  })

  it('may say the emergency stop twice', () => {
    const stop = (sequence: number): StoredEvent => ({
      sequence,
      at: START + HOUR_MS * 13,
      actor: 'operator',
      event: { type: 'emergency_stop_set', on: true },
    })
    expect(codesOf([...honest, stop(honest.length + 1), stop(honest.length + 2)])).toEqual([])
  })
})

describe('a log that does not hold together', () => {
  const entered = find('phase_entered')
  const rolledBack = find('rolled_back')
  const verdictOf = (stored: StoredEvent) => ('verdict' in stored.event ? stored.event.verdict : undefined)

  it('misses an event', () => {
    expect(codesOf(honest.filter(({ sequence }) => sequence !== 1))[0]).toBe('sequence_gap 2')
  })

  it('has one twice, which does not count again', () => {
    const [first, second, ...rest] = honest
    const doubled = [first!, second!, second!, ...rest]
    expect(codesOf(doubled)).toEqual(['sequence_doubled 2'])
    expect(replay(doubled).status).toEqual(simulation.status)
  })

  it('has an event that the state forbids', () => {
    expect(codesOf(forged(entered, { phase: 'full', percentageBps: 10_000 }))).toContain(
      `event_ignored ${entered.sequence}`,
    )
  })

  it('goes back in time, which is a note', () => {
    const { sequence } = rolledBack
    const early = honest.map((one) => (one.sequence === sequence ? { ...one, at: START - 1 } : one))
    const [problem] = replay(early).problems
    expect(problem).toMatchObject({ code: 'clock_backwards', severity: 'note', sequence })
  })

  it('has a phase that the engine entered without a verdict', () => {
    expect(codesOf(forged(entered, { verdict: undefined }))).toEqual([`verdict_missing ${entered.sequence}`])
  })

  it.each(['hold', 'rollback'] as const)('has one that it entered on a verdict that says %s', (action) => {
    const log = forged(entered, { verdict: { ...verdictOf(entered), action } })
    expect(codesOf(log)).toEqual([`verdict_contradicts ${entered.sequence}`])
  })

  it('has a rollback on a verdict about something else', () => {
    const other = { ...verdictOf(rolledBack), guardrail: 'latency' }
    expect(codesOf(forged(rolledBack, { verdict: other }))).toEqual([`verdict_contradicts ${rolledBack.sequence}`])
  })

  it('has a plan that cannot be read, and says what is wrong with it', () => {
    const adopted = find('plan_adopted')
    const { problems } = replay(forged(adopted, { plan: { ...plan, revision: 0 } }))
    expect(problems[0]).toMatchObject({ code: 'plan_unreadable', sequence: 1 })
    expect(problems[0]?.text.en).toContain('revision')
  })

  it('was written by an engine that decided what today’s would not', () => {
    const text = JSON.stringify(simulation.windows)
    const faultless = JSON.parse(text.replaceAll(/"faults":\d+/g, '"faults":0')) as typeof simulation.windows
    const [problem, ...others] = replay(honest, { windows: faultless }).problems
    expect(others).toEqual([])
    expect(problem).toMatchObject({ code: 'decided_otherwise', severity: 'note', sequence: rolledBack.sequence })
    expect(problem?.text.en).toContain('hold')
  })
})

describe('a log as JSON Lines', () => {
  const lines = honest.map((one) => JSON.stringify(one))

  it('is read as it was written, whatever blank lines and byte order mark stand around', () => {
    expect(parseLog(`\uFEFF\n${lines.join('\r\n')}\n\n`)).toEqual(JSON.parse(`[${lines.join(',')}]`))
  })

  it.each([
    ['not JSON', /line 3|Rad 3/],
    ['{"sequence":3}', /Rad 3/],
    ['[]', /Rad 3/],
    ['null', /Rad 3/],
    [JSON.stringify({ ...honest[0], sequence: -1 }), /Rad 3/],
    [JSON.stringify({ ...honest[0], surprise: true }), /Rad 3/],
    ['{"__proto__":{"sequence":1}}', /Rad 3/],
    ['['.repeat(100_000), /Rad 3/],
  ])('is refused with its line: %.30s', (bad, where) => {
    expect(() => parseLog([lines[0], '', bad, lines[1]].join('\n'))).toThrow(where)
  })
})
