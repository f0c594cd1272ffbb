import { describe, expect, it } from 'vitest'

import { defineErrors } from '../defineErrors.ts'
import { messageProblems } from './messageProblems.ts'

const row = <const Sv extends string, const En extends string>(sv: Sv, en: En) =>
  ({ fault: 'caller', retryable: false, sv, en }) as const
const errors = defineErrors('door', {
  shut: row('Dörren {{name}} är stängd. Öppna den.', 'The door {{name}} is shut. Open it.'),
  stuck: row('Dörren är stängd', 'The door is shut.'),
  english: row('Dörren {{state}}. Försök igen.', 'The door {{state}}. Try again.'),
})
const { catalog } = errors
const fails = (failure: Error) => async () => {
  throw failure
}

describe('messageProblems', () => {
  it('finds nothing wrong with a message that is whole in both languages, thrown or rejected', async () => {
    const error = errors.create('shut', { name: 'B2' })
    expect(await messageProblems('door.shut', fails(error), catalog)).toEqual([])
    const thrower = () => {
      throw error
    }
    expect(await messageProblems('door.shut', thrower, catalog)).toEqual([])
  })

  it('names a code that nothing provokes', async () => {
    expect(await messageProblems('door.shut', undefined, catalog)).toEqual([
      expect.stringContaining('Nothing provokes door.shut.'),
    ])
  })

  it('says what came instead of the code', async () => {
    const other = fails(errors.create('stuck', {}))
    expect(await messageProblems('door.shut', other, catalog)).toEqual([expect.stringContaining('door.stuck instead')])
    expect(await messageProblems('door.shut', () => 7, catalog)).toEqual([expect.stringContaining('the answer 7')])
  })

  it('finds a missing full stop, and that no next step is told', async () => {
    const problems = await messageProblems('door.stuck', fails(errors.create('stuck', {})), catalog)
    expect(problems).toEqual([
      'door.stuck: it does not end with a full stop (sv): Dörren är stängd',
      'door.stuck: it does not say what to do next (sv): Dörren är stängd',
      'door.stuck: it does not say what to do next (en): The door is shut.',
    ])
  })

  it('finds a language in the other: a value that is English, a value that is Swedish', async () => {
    const english = fails(errors.create('english', { state: 'stopped' }))
    expect(await messageProblems('door.english', english, catalog)).toEqual([
      expect.stringContaining('English words are left (stopped) (sv)'),
    ])
    const swedish = fails(errors.create('english', { state: 'är låst' }))
    expect(await messageProblems('door.english', swedish, catalog)).toEqual([
      expect.stringContaining('Swedish letters are left (en)'),
    ])
  })

  it.each([
    ['{{state}}', 'a placeholder is not filled'],
    ['undefined', 'a value is missing'],
    ['()', 'a value is missing'],
    ['door.english', 'the code itself is shown'],
    ['a  b', 'spaces or full stops are doubled'],
  ])('finds %s in a text', async (state, problem) => {
    const problems = await messageProblems('door.english', fails(errors.create('english', { state })), catalog)
    expect(problems.join('\n')).toContain(problem)
  })
})
