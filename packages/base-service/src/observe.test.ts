import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { CallAnnotations } from './Observation.ts'
import { observe, outcomeOf } from './observe.ts'
import { serviceErrors } from './serviceErrors.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'

const named = { service: 'NoteService', operation: 'list' }
const cancelled = serviceErrors.create('cancelled', named)

describe('observe', () => {
  it('records one call with its duration and what the service knows of it', async () => {
    const clock = new ManualClock()
    const context = createTestContext({ clock, implementation: 'legacy' })
    const answer = await observe(context, named, undefined, async (annotations) => {
      clock.advance(12.5)
      annotations.attempts = 2
      return 'answer'
    })
    expect(answer).toBe('answer')
    expect(context.observations).toEqual([
      {
        ...named,
        implementation: 'legacy',
        outcome: 'ok',
        code: undefined,
        durationMs: 12.5,
        role: 'primary',
        rescued: false,
        attempts: 2,
        cacheHit: false,
      },
    ])
  })

  it.each([
    ['fault', 'probe.broken', failures.create('broken', {})],
    ['refused', 'probe.missing', failures.create('missing', {})],
    ['cancelled', 'service.cancelled', cancelled],
    ['fault', 'service.unexpected', new Error('x')],
  ])('records a %s with the code %s, and passes the failure on', async (outcome, code, failure) => {
    const context = createTestContext()
    await expect(observe(context, named, undefined, () => Promise.reject(failure))).rejects.toBe(failure)
    expect(context.observations).toMatchObject([{ outcome, code }])
  })

  it('fills the annotations of a router and leaves the recording to it', async () => {
    const context = createTestContext()
    const annotations: CallAnnotations = { attempts: 1, cacheHit: false }
    await observe(context, named, annotations, async (given) => {
      given.cacheHit = true
    })
    expect(annotations.cacheHit).toBe(true)
    expect(context.observations).toEqual([])
  })

  it('records a call once, also when the observer breaks its promise never to throw', async () => {
    let records = 0
    const observer = {
      record: () => {
        records += 1
        throw new Error('observer')
      },
    }
    await expect(observe(createTestContext({ observer }), named, undefined, async () => 1)).rejects.toThrow('observer')
    expect(records).toBe(1)
  })
})

describe('outcomeOf', () => {
  it('counts as a fault only what is the service’s own', () => {
    const errors = [failures.create('flaky', {}), failures.create('busy', {}), cancelled, new Error('x'), 'thrown']
    expect(errors.map(outcomeOf)).toEqual(['fault', 'refused', 'cancelled', 'fault', 'fault'])
  })
})
