import { ManualClock } from '@gradvis/kernel/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CONSENT_PURPOSES, type ConsentPurpose } from './Consent.ts'
import { type ConsentChanged, ConsentRegister } from './ConsentRegister.ts'
import { consentState } from './consentState.ts'

function setUp() {
  const clock = new ManualClock()
  const onListenerError = (error: unknown) => expect.fail(String(error))
  const register = new ConsentRegister({ clock, policy: { recording: { validForMs: 100 } }, onListenerError })
  const changes: ConsentChanged[] = []
  register.onChanged((changed) => changes.push(changed))
  const give = (key: string, purpose: ConsentPurpose) =>
    register.give(key, { purposes: [purpose], version: '1', givenAt: clock.now() })
  return { clock, register, changes, give }
}

describe('whatever the order', () => {
  it('allows a purpose exactly from a giving to the next withdrawal or the end of its validity', () => {
    const step = fc.record({
      act: fc.constantFrom('give' as const, 'withdraw' as const, 'wait' as const),
      ms: fc.integer({ min: 1, max: 100 }),
      purpose: fc.constantFrom(...CONSENT_PURPOSES),
    })
    const validForMs = { audio: Infinity, video: Infinity, recording: 100 }
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { clock, register, changes, give } = setUp()
        const givenAt: Partial<Record<ConsentPurpose, number>> = {}
        for (const { act, ms, purpose } of steps) {
          clock.advance(ms)
          if (act === 'give') give('p', purpose)
          if (act === 'withdraw') register.withdraw('p', { purposes: [purpose] })
          if (act !== 'wait') givenAt[purpose] = act === 'give' ? clock.now() : -Infinity
          const expected = CONSENT_PURPOSES.map((each) => clock.now() - (givenAt[each] ?? -Infinity) < validForMs[each])
          expect(CONSENT_PURPOSES.map((each) => register.allows('p', each))).toEqual(expected)
          const terms = { recording: { validForMs: 100 }, audio: {}, video: {} }
          const replayed = changes.map(({ event }) => event)
          const states = CONSENT_PURPOSES.map((each) => consentState(replayed, each, terms[each], clock.now()))
          expect(states.map(({ status }) => status === 'given')).toEqual(expected)
        }
      }),
    )
  })
})
