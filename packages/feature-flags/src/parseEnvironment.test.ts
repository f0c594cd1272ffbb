import { interpolate, type ServiceError } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { flagErrors } from './flagErrors.ts'
import { parseEnvironment } from './parseEnvironment.ts'

function failureOf(env: Readonly<Record<string, string | undefined>>): ServiceError {
  try {
    parseEnvironment(env)
  } catch (error) {
    return error as ServiceError
  }
  throw new Error('the environment was accepted')
}

function inEnglish({ code, params }: ServiceError): string {
  return interpolate(flagErrors.catalog[code as keyof typeof flagErrors.catalog], params, 'en')
}

describe('what an environment says', () => {
  it.each([
    [undefined, 'production'],
    ['production', 'production'],
    ['test', 'production'],
    ['Development', 'production'],
    ['development', 'development'],
    ['staging', 'staging'],
  ])('NODE_ENV %s means %s', (value, stage) => {
    expect(parseEnvironment({ NODE_ENV: value }).stage).toBe(stage)
  })

  it('a switch is true, false or absent', () => {
    const env = { USE_MIGRATED_BACKUP_SERVICE: 'true', USE_MIGRATED_WEBRTC_PEER_SERVICE: 'false', PATH: '/bin' }
    expect(parseEnvironment({ ...env, USE_MIGRATED_NETWORK_SERVICE: undefined })).toEqual({
      stage: 'production',
      forceLegacy: false,
      overrides: { BackupService: true, WebRTCPeerService: false },
    })
  })

  it('everything is forced to legacy by true only', () => {
    expect(parseEnvironment({ FORCE_LEGACY_SERVICES: 'true' }).forceLegacy).toBe(true)
    expect(parseEnvironment({ FORCE_LEGACY_SERVICES: 'false' }).forceLegacy).toBe(false)
  })
})

describe('a value that is neither true nor false stops the start', () => {
  it.each(['maybe', '', 'TRUE', '1', ' true', 'yes'])('%j', (value) => {
    for (const variable of ['USE_MIGRATED_BACKUP_SERVICE', 'FORCE_LEGACY_SERVICES']) {
      const error = failureOf({ [variable]: value })
      expect(error).toMatchObject({ code: 'flags.invalid_environment_value', params: { variable, value } })
    }
  })

  it('with variable, value and what is accepted, in Swedish and English', () => {
    const error = failureOf({ USE_MIGRATED_BACKUP_SERVICE: 'maybe' })
    expect(error.message).toBe(
      'Miljövariabeln USE_MIGRATED_BACKUP_SERVICE har värdet "maybe", men bara true eller false godtas. Rätta värdet, eller ta bort variabeln, och starta om.',
    )
    expect(inEnglish(error)).toBe(
      'The environment variable USE_MIGRATED_BACKUP_SERVICE is "maybe", but only true or false is accepted. Correct the value, or unset the variable, and start again.',
    )
  })
})

describe('a misspelt name stops the start', () => {
  it.each([
    ['USE_MIGRATED_BAKUP_SERVICE', 'USE_MIGRATED_BACKUP_SERVICE'],
    ['USE_MIGRATED_', 'USE_MIGRATED_BACKUP_SERVICE'],
    ['FORCE_LEGACY_SERVICE', 'FORCE_LEGACY_SERVICES'],
    ['FORCE_LEGACY_', 'FORCE_LEGACY_SERVICES'],
    ['use_migrated_backup_service', 'USE_MIGRATED_BACKUP_SERVICE'],
    ['USE_MIGRATE_BACKUP_SERVICE', 'USE_MIGRATED_BACKUP_SERVICE'],
    ['FORCE_LEGAZY_SERVICES', 'FORCE_LEGACY_SERVICES'],
  ])('%s', (variable, nearest) => {
    const error = failureOf({ [variable]: 'true' })
    expect(error.code).toBe('flags.unknown_environment_variable')
    expect(error.params).toMatchObject({ variable, value: 'true', nearest })
  })

  it('with the nearest name and all accepted ones, in Swedish and English', () => {
    const error = failureOf({ USE_MIGRATED_BAKUP_SERVICE: 'true' })
    expect(error.message).toContain('Miljövariabeln USE_MIGRATED_BAKUP_SERVICE (värde "true") är okänd.')
    expect(error.message).toContain('Menade du USE_MIGRATED_BACKUP_SERVICE?')
    expect(error.message).toContain('USE_MIGRATED_NETWORK_SERVICE, USE_MIGRATED_WEBRTC_PEER_SERVICE')
    expect(error.message).toContain('med värdet true eller false')
    expect(inEnglish(error)).toContain('Did you mean USE_MIGRATED_BACKUP_SERVICE?')
  })

  it('but foreign variables pass, near in length or not', () => {
    expect(parseEnvironment({ USE_SYSTEM_CERTIFICATES: 'x', A: 'b', ['LONG'.repeat(5000)]: 'y' }).overrides).toEqual({})
  })

  it('counts as known when the flag table has it', () => {
    const row = { flagKey: 'f', owner: '', purpose: '', removeBy: '' }
    const flags = { FourthService: { ...row, environmentVariable: 'USE_MIGRATED_FOURTH_SERVICE' } } as const
    expect(parseEnvironment({ USE_MIGRATED_FOURTH_SERVICE: 'true' }, flags).overrides).toEqual({ FourthService: true })
    expect(() => parseEnvironment({ USE_MIGRATED_BACKUP_SERVICE: 'true' }, flags)).toThrow(
      'USE_MIGRATED_FOURTH_SERVICE',
    )
  })
})

describe('hostile text', () => {
  it('is cut and escaped, in values and in names', () => {
    const value = `\n\u001b[31mforged\u202e\ud800 {{known}} ${'x'.repeat(100_000)}`
    const { message, params } = failureOf({ USE_MIGRATED_BACKUP_SERVICE: value })
    expect(message.length).toBeLessThan(400)
    expect(params['value']).toMatch(/^\\u\{a\}\\u\{1b\}\[31mforged\\u\{202e\}\\u\{d800\} \{\{known\}\} x+…$/)
    expect(failureOf({ [`USE_MIGRATED_\n${'y'.repeat(100_000)}`]: 'true' }).message.length).toBeLessThan(600)
  })
})

describe('several problems', () => {
  it('are counted after the first', () => {
    const two = failureOf({ USE_MIGRATED_BACKUP_SERVICE: 'maybe', USE_MIGRATED_X: 'true' })
    expect(two.message).toContain('Ytterligare ett problem')
    const three = failureOf({ USE_MIGRATED_BACKUP_SERVICE: 'a', FORCE_LEGACY_SERVICES: 'b', USE_MIGRATED_X: 'c' })
    expect(inEnglish(three)).toContain('There are 2 more problems')
  })
})
