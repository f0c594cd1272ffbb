import { describe, expect, it } from 'vitest'

import { ConsentRegister, MEDIA_PURPOSES, type MediaPurpose } from './MediaConsent.ts'

const consentTo = (...purposes: MediaPurpose[]) => ({ purposes, version: '1', givenAt: 0 })

describe('ConsentRegister', () => {
  it('allows nothing that was not agreed to', () => {
    const register = new ConsentRegister()
    register.give('p1', consentTo('audio'))
    expect(MEDIA_PURPOSES.map((purpose) => register.allows('p1', purpose))).toEqual([true, false, false])
    expect(register.allows('p2', 'audio')).toBe(false)
  })

  it('allows nothing any more once consent is withdrawn, however often', () => {
    const register = new ConsentRegister()
    register.give('p1', consentTo('audio'))
    register.withdraw('p1')
    register.withdraw('p1')
    expect([register.allows('p1', 'audio'), register.size]).toEqual([false, 0])
  })

  it('goes by the latest consent', () => {
    const register = new ConsentRegister()
    register.give('p1', consentTo('audio', 'video'))
    register.give('p1', consentTo('audio'))
    expect(register.allows('p1', 'video')).toBe(false)
  })

  it('names the missing purpose in both languages', () => {
    expect(() => new ConsentRegister().require('p1', 'recording')).toThrow(
      expect.objectContaining({
        code: 'media.consent_missing',
        fault: 'caller',
        message: 'Samtycke till inspelning saknas. Be deltagaren om samtycke och försök igen.',
        params: { purpose: { sv: 'inspelning', en: 'recording' } },
      }),
    )
  })

  it('speaks for all only when there is somebody and everybody agrees', () => {
    const register = new ConsentRegister()
    register.give('p1', consentTo('recording'))
    register.give('p2', consentTo('recording'))
    expect(register.allAllow(['p1', 'p2'], 'recording')).toBe(true)
    expect(register.allAllow(['p1', 'p2', 'p3'], 'recording')).toBe(false)
    expect(register.allAllow([], 'recording')).toBe(false)
    expect(() => register.requireAll(['p1', 'p3'], 'recording')).toThrow('inspelning')
    expect(() => register.requireAll(['p1', 'p2'], 'recording')).not.toThrow()
  })

  it('forgets everything when it is cleared', () => {
    const register = new ConsentRegister()
    register.give('p1', consentTo('audio'))
    register.clear()
    expect(register.size).toBe(0)
  })
})
