import { isServiceError, paramText } from '@gradvis/kernel'
import { parsePlan } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import { planWith } from '../testing/planWith.ts'
import { parseFault } from './parseFault.ts'
import { parseScenario } from './parseScenario.ts'

const plan = parsePlan(planWith())

function refusal(attempt: () => unknown): Readonly<{ sv: string; en: string }> {
  try {
    attempt()
  } catch (error) {
    if (!isServiceError(error) || error.code !== 'rollout.invalid_scenario') throw error
    const { details } = error.params
    return { sv: paramText(details!, 'sv'), en: paramText(details!, 'en') }
  }
  throw new Error('was accepted')
}

describe('a fault in short form', () => {
  it.each([
    ['BackupService:errors=0.05@50%', { service: 'BackupService', kind: 'errors', value: 0.05, from: 50 }],
    ['BackupService:errors=5%', { service: 'BackupService', kind: 'errors', value: 0.05 }],
    ['BackupService:latency=2@10%', { service: 'BackupService', kind: 'latency', value: 2, from: 10 }],
    ['WebRTCPeerService:gdpr@extended', { service: 'WebRTCPeerService', kind: 'gdpr', from: 'extended' }],
    ['WebRTCPeerService:probe', { service: 'WebRTCPeerService', kind: 'probe' }],
    ['WebRTCPeerService:security@full+90', { kind: 'security', from: 'full', afterMinutes: 90 }],
  ])('is read: %s', (text, fault) => {
    expect(parseFault(text)).toMatchObject({ afterMinutes: 0, ...fault })
  })

  it.each([
    ['', /BackupService:errors=0\.05@50%/],
    ['BackupService', /BackupService:errors=0\.05@50%/],
    ['BackupService:errors=much', /errors=much/],
    ['BackupService:errors=1.5', /errors is 1\.5, must be 0 to 1/],
    ['BackupService:errors=-1', /errors=-1/],
    ['BackupService:latency=0', /latency is 0/],
    ['BackupService:gdpr=1', /gdpr takes no value/],
    ['BackupService:fire', /kind/],
    ['BackupService:errors@200%', /from/],
    ['BackupService:errors@x%', /@x%/],
  ])('is refused, saying why: "%s"', (text, why) => {
    const { sv, en } = refusal(() => parseFault(text))
    expect(en).toMatch(why)
    expect(sv).not.toBe(en)
  })
})

describe('a scenario', () => {
  it('may leave everything out', () => {
    expect(parseScenario({}, plan)).toMatchObject({ tickSeconds: 60, faults: [], services: {} })
  })

  it.each([
    [{ tickSeconds: 0 }, /tickSeconds/],
    [{ traffic: { errorRate: 2 } }, /traffic\.errorRate/],
    [{ traffic: { errorRat: 0.1 } }, /errorRat/],
    [{ services: { MailService: {} } }, /no service "MailService"/],
    [{ faults: [{ service: 'MailService', kind: 'gdpr' }] }, /faults\.0.*MailService/],
    [{ faults: [{ service: 'BackupService', kind: 'gdpr', from: 'later' }] }, /no phase "later"/],
    [{ services: { constructor: {} } }, /no service "constructor"/],
    [{ untilMs: 1_736_000_000 }, /untilMs/],
    [{ untilMs: 1e15 }, /untilMs/],
    [null, /object/i],
  ])('is refused, saying where: %j', (data, where) => {
    expect(refusal(() => parseScenario(data, plan)).en).toMatch(where)
  })
})
