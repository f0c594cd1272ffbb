import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import { type Consent, CONSENT_PURPOSES, type ConsentPurpose } from './Consent.ts'
import type { ConsentPolicy } from './ConsentPolicy.ts'
import { type ConsentChanged, ConsentRegister } from './ConsentRegister.ts'

const HOUR_MS = 3_600_000

function setUp(policy: ConsentPolicy = { recording: {} }) {
  const clock = new ManualClock(1_000_000)
  const onListenerError = vi.fn()
  const register = new ConsentRegister({ clock, policy, onListenerError })
  const changes: ConsentChanged[] = []
  register.onChanged((changed) => changes.push(changed))
  const give = (key: string, ...purposes: ConsentPurpose[]) =>
    register.give(key, { purposes, version: '1', givenAt: clock.now() })
  return { clock, register, changes, give, onListenerError }
}

describe('what is allowed', () => {
  it('is nothing that was not given, to each participant by itself', () => {
    const { register, give } = setUp()
    give('p1', 'audio')
    expect(CONSENT_PURPOSES.map((purpose) => register.allows('p1', purpose))).toEqual([true, false, false])
    expect(CONSENT_PURPOSES.map((purpose) => register.allows('p2', purpose))).toEqual([false, false, false])
    expect(register.state('p2', 'audio')).toEqual({ status: 'none' })
  })

  it('grows by what is given later', () => {
    const { register, give } = setUp()
    give('p1', 'audio')
    give('p1', 'recording')
    expect([register.allows('p1', 'audio'), register.allows('p1', 'recording')]).toEqual([true, true])
  })

  it('is for all only when there is somebody and everybody agrees', () => {
    const { register, give } = setUp()
    give('p1', 'recording')
    give('p2', 'recording')
    expect(register.allAllow(['p1', 'p2'], 'recording')).toBe(true)
    expect(register.allAllow(['p1', 'p2', 'p3'], 'recording')).toBe(false)
    expect(register.allAllow([], 'recording')).toBe(false)
  })
})

describe('withdrawing', () => {
  it('is in force at once, by purpose or for all of them, however often', () => {
    const { register, changes, give } = setUp()
    give('p1', 'audio', 'video', 'recording')
    register.withdraw('p1', { purposes: ['recording'] })
    expect(CONSENT_PURPOSES.map((purpose) => register.allows('p1', purpose))).toEqual([true, true, false])
    register.withdraw('p1')
    register.withdraw('p1')
    expect(CONSENT_PURPOSES.map((purpose) => register.allows('p1', purpose))).toEqual([false, false, false])
    expect(changes.map(({ event }) => `${event.change} ${event.purpose}`)).toEqual([
      ...CONSENT_PURPOSES.map((purpose) => `given ${purpose}`),
      'withdrawn recording',
      'withdrawn audio',
      'withdrawn video',
    ])
  })

  it('leaves no trace of what was never given', () => {
    const { register, changes } = setUp()
    register.withdraw('p1')
    expect([changes, register.size]).toEqual([[], 0])
  })

  it('took effect when the participant said so, and never later than now', () => {
    const { clock, register, changes, give } = setUp()
    give('p1', 'recording')
    clock.advance(500)
    register.withdraw('p1', { at: 1_000_200 })
    clock.advance(1)
    give('p1', 'recording')
    register.withdraw('p1', { at: 9_000_000 })
    const withdrawn = changes.filter(({ event }) => event.change === 'withdrawn')
    expect(withdrawn.map(({ event }) => event.at)).toEqual([1_000_200, 1_000_501])
  })

  it('is in force from now on where nobody can tell when it was said', () => {
    const { clock, register, changes, give } = setUp()
    give('p1', 'recording')
    clock.advance(500)
    register.withdraw('p1', { at: Number.NaN })
    expect(changes.at(-1)?.event).toMatchObject({ change: 'withdrawn', at: 1_000_500 })
    clock.advance(1)
    give('p1', 'recording')
    expect(register.allows('p1', 'recording')).toBe(true)
  })

  it('moves the end of a consent that has ended already only to an earlier moment', () => {
    const { clock, register, changes, give } = setUp({ recording: { validForMs: 100 } })
    give('p1', 'recording')
    clock.advance(100)
    for (const at of [1_000_100, 1_000_150, 1_000_050, 1_000_060, 1_000_020]) register.withdraw('p1', { at })
    expect(changes.map(({ event }) => [event.change, event.at])).toEqual([
      ['given', 1_000_000],
      ['expired', 1_000_100],
      ['withdrawn', 1_000_050],
      ['withdrawn', 1_000_020],
    ])
  })

  it('is not taken back by a copy of a consent whose sender’s clock was ahead', () => {
    const { clock, register } = setUp()
    const ahead: Consent = { purposes: ['recording'], version: '1', givenAt: clock.now() + 60_000 }
    register.give('p1', ahead)
    clock.advance(10)
    register.withdraw('p1')
    clock.advance(10)
    register.give('p1', ahead)
    expect(register.allows('p1', 'recording')).toBe(false)
    register.give('p1', { ...ahead, givenAt: ahead.givenAt + 20 })
    expect(register.allows('p1', 'recording')).toBe(true)
  })

  it('is not taken back by a copy of the old consent, only by a new one', () => {
    const { clock, register, give } = setUp()
    const old: Consent = { purposes: ['audio'], version: '1', givenAt: clock.now() }
    register.give('p1', old)
    clock.advance(10)
    register.withdraw('p1', { at: clock.now() - 10_000 })
    register.give('p1', old)
    register.give('p1', { ...old, givenAt: old.givenAt - 1 })
    register.give('p1', { ...old, givenAt: Number.NaN })
    expect(register.allows('p1', 'audio')).toBe(false)
    give('p1', 'audio')
    expect(register.allows('p1', 'audio')).toBe(true)
  })

  it('holds although a listener fails, and is in force before any is told', () => {
    const { register, changes, give, onListenerError } = setUp()
    give('p1', 'audio')
    const failure = new Error('listener')
    const seen: boolean[] = []
    register.onChanged(() => {
      seen.push(register.allows('p1', 'audio'))
      throw failure
    })
    expect(() => register.withdraw('p1')).not.toThrow()
    expect([seen, onListenerError.mock.calls, changes.length]).toEqual([[false], [[failure]], 2])
  })
})

describe('expiring', () => {
  it('ends a consent at the millisecond that it is due, and tells of it once, by itself', () => {
    const { clock, register, changes, give } = setUp({ recording: { validForMs: HOUR_MS } })
    give('p1', 'audio', 'recording')
    clock.advance(HOUR_MS - 1)
    expect(register.allows('p1', 'recording')).toBe(true)
    clock.advance(1)
    expect([register.allows('p1', 'recording'), register.allows('p1', 'audio')]).toEqual([false, true])
    clock.advance(HOUR_MS)
    expect(changes.slice(2)).toEqual([
      { key: 'p1', event: { change: 'expired', purpose: 'recording', version: '1', at: 1_000_000 + HOUR_MS } },
    ])
    expect(clock.pendingTimers).toBe(0)
  })

  it('wakes for the next one, and takes a consent that is renewed in time', () => {
    const { clock, register, changes, give } = setUp({ recording: { validForMs: HOUR_MS } })
    give('p1', 'recording')
    clock.advance(HOUR_MS / 2)
    give('p2', 'recording')
    give('p1', 'recording')
    clock.advance(HOUR_MS / 2)
    expect(register.allAllow(['p1', 'p2'], 'recording')).toBe(true)
    clock.advance(HOUR_MS / 2)
    const expired = changes.filter(({ event }) => event.change === 'expired')
    expect(expired.map(({ key }) => key)).toEqual(['p1', 'p2'])
  })

  it('leaves alone what a listener changes meanwhile', () => {
    const { clock, register, give } = setUp({ recording: { validForMs: HOUR_MS } })
    for (const key of ['p1', 'p2', 'p3']) give(key, 'recording')
    register.onChanged(({ key, event }) => {
      if (key !== 'p1' || event.change !== 'expired') return
      give('p2', 'recording')
      register.forget('p3')
    })
    clock.advance(HOUR_MS)
    expect(register.allows('p2', 'recording')).toBe(true)
    expect([register.history('p3'), register.size]).toEqual([[], 2])
  })

  it('counts a recording for a day where nothing else is said, and from now where the consent is from the future', () => {
    const { clock, register } = setUp({})
    register.give('p1', { purposes: ['recording'], version: '1', givenAt: clock.now() + 9 * HOUR_MS })
    clock.advance(24 * HOUR_MS - 1)
    expect(register.allows('p1', 'recording')).toBe(true)
    clock.advance(1)
    expect(register.state('p1', 'recording')).toEqual({ status: 'expired', version: '1', at: 1_000_000 + 24 * HOUR_MS })
  })

  it('is told of a consent that had expired before it came', () => {
    const { register, changes } = setUp({ audio: { validForMs: HOUR_MS } })
    register.give('p1', { purposes: ['audio'], version: '1', givenAt: 0 })
    expect(changes.map(({ event }) => event.change)).toEqual(['given'])
    expect(register.allows('p1', 'audio')).toBe(true)
    const { register: later, changes: told, clock } = setUp({ audio: { validForMs: 1_000 } })
    later.give('p1', { purposes: ['audio'], version: '1', givenAt: 0 })
    expect(told.map(({ event }) => event.change)).toEqual(['given', 'expired'])
    expect([later.allows('p1', 'audio'), clock.pendingTimers]).toEqual([false, 0])
  })
})

describe('wordings', () => {
  it('makes consents to an older one insufficient where the purpose demands the newer', () => {
    const { register, give } = setUp({ recording: { versions: ['2'] }, audio: {} })
    give('p1', 'audio', 'recording')
    expect(register.state('p1', 'recording')).toEqual({ status: 'outdated', version: '1', givenAt: 1_000_000 })
    expect([register.allows('p1', 'recording'), register.allows('p1', 'audio')]).toEqual([false, true])
    register.give('p1', { purposes: ['recording'], version: '2', givenAt: 1_000_000 })
    expect(register.allows('p1', 'recording')).toBe(true)
  })
})

describe('forgetting', () => {
  it('tells nobody, holds nothing and waits for nothing', () => {
    const { clock, register, changes, give } = setUp({ recording: { validForMs: HOUR_MS } })
    give('p1', 'recording')
    give('p2', 'recording')
    register.forget('p1')
    expect([register.allows('p1', 'recording'), register.history('p1'), register.size]).toEqual([false, [], 1])
    register.clear()
    expect([register.size, clock.pendingTimers, changes.length]).toEqual([0, 0, 2])
  })
})
