import { describe, expect, it } from 'vitest'

import { resolveService, servicesOf } from './resolveService.ts'

const services = servicesOf({ plan: undefined })
const codeOf = (typed: string) => {
  try {
    return resolveService(typed, services)
  } catch (error) {
    return error
  }
}

describe('a service on the command line', () => {
  it('is found by its name or the beginning of it, in any case', () => {
    expect(
      ['BackupService', 'backup', 'NET', 'web', 'webrtcpeerservice'].map((typed) => resolveService(typed, services)),
    ).toEqual([
      'BackupService',
      'BackupService',
      'NetworkConnectivityService',
      'WebRTCPeerService',
      'WebRTCPeerService',
    ])
  })

  it.each([
    ['bakcup', 'BackupService'],
    ['BackupServce', 'BackupService'],
    ['webrct', 'WebRTCPeerService'],
  ])('that is misspelt as %s is answered with %s', (typed, meant) => {
    expect(codeOf(typed)).toMatchObject({
      code: 'cli.unknown_service',
      params: { hint: { sv: ` Menade du ${meant}?` } },
    })
  })

  it('that resembles none gets no guess', () => {
    expect(codeOf('payments')).toMatchObject({ params: { hint: { sv: '', en: '' } } })
  })

  it('with an ambiguous beginning is asked for more of it', () => {
    expect(() => resolveService('b', ['BackupService', 'BillingService'])).toThrow(/BackupService, BillingService/)
  })

  it('prefers the exact name over a longer one', () => {
    expect(resolveService('backup', ['BackupArchive', 'Backup'])).toBe('Backup')
  })
})
