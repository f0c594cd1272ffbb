import { describe, expect, it } from 'vitest'

import { FAILURE_CODES } from '../FailureCode.ts'
import { type ProbeLayer, PROBE_LAYERS } from '../Layer.ts'
import { classifyFailure } from './classifyFailure.ts'

const failed = (code: string, options?: ErrorOptions) => Object.assign(new Error('failed', options), { code })

describe('classifyFailure', () => {
  it.each<[ProbeLayer, string, string]>([
    ['dns', 'ENODATA', 'dns_not_found'],
    ['dns', 'EAI_AGAIN', 'dns_failed'],
    ['tcp', 'EHOSTUNREACH', 'tcp_unreachable'],
    ['tcp', 'ENETUNREACH', 'no_route'],
    ['tcp', 'ETIMEDOUT', 'tcp_timed_out'],
    ['tcp', 'EMFILE', 'tcp_failed'],
    ['tls', 'CERT_NOT_YET_VALID', 'tls_not_yet_valid'],
    ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_untrusted'],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'tls_untrusted'],
    ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed'],
    ['backend', 'ECONNRESET', 'backend_failed'],
  ])('in %s, %s means %s', (layer, code, meaning) => {
    expect(classifyFailure(layer, failed(code))).toEqual({ code: meaning, evidence: code })
  })

  it('looks into every address that was tried, and lets the one that came furthest speak', () => {
    const both = new AggregateError([failed('ENETUNREACH'), failed('ECONNREFUSED'), failed('ENETUNREACH')])
    expect(classifyFailure('tcp', both)).toEqual({ code: 'tcp_refused', evidence: 'ENETUNREACH, ECONNREFUSED' })
  })

  it('looks behind a cause', () => {
    const hidden = new Error('fetch failed', { cause: failed('CERT_HAS_EXPIRED') })
    expect(classifyFailure('tls', hidden).code).toBe('tls_expired')
  })

  it.each([new Error('no code'), 'no error', undefined])('has an answer for %s', (error) => {
    for (const layer of PROBE_LAYERS) {
      expect(FAILURE_CODES).toContain(classifyFailure(layer, error).code)
      expect(classifyFailure(layer, error).evidence).toBe('unknown failure')
    }
  })
})
