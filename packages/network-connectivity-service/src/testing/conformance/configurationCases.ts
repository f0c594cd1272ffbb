import { isServiceError, type ServiceError } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import type { NetworkConnectivityOptions } from '../../NetworkConnectivityOptions.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'

export function configurationCases(create: CreateNetworkConnectivity): void {
  const refusal = (options: NetworkConnectivityOptions): ServiceError => {
    try {
      create(options)
    } catch (error) {
      if (isServiceError(error)) return error
      throw error
    }
    throw new Error('it was accepted')
  }

  describe('configuration', () => {
    it.each([
      'ftp://backend.test/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      '//backend.test/',
      'backend.test',
      '',
      'http://',
      'http://user@backend.test/',
      'http://user:p4ssw0rd@backend.test/',
      'https://:p4ssw0rd@backend.test/',
      'http://backend.test:99999/',
    ])('refuses the address %j', (url) => {
      const error = refusal({ endpoints: [{ name: 'api', url }] })
      expect(error).toMatchObject({ code: 'network.invalid_endpoint', fault: 'caller', params: { endpoint: 'api' } })
      expect(error.message).toContain('Slutpunkten api kan inte användas')
      expect(JSON.stringify(error) + String(error.cause)).not.toContain('p4ssw0rd')
    })

    it('refuses two endpoints of the same name', () => {
      const endpoint = { name: 'api', url: 'http://backend.test/' }
      expect(refusal({ endpoints: [endpoint, endpoint] }).code).toBe('network.invalid_endpoint')
    })

    it.each<[string, NetworkConnectivityOptions]>([
      ['no name', { endpoints: [{ name: '', url: 'http://backend.test/' }] }],
      ['a role that there is not', { endpoints: [{ name: 'a', url: 'http://a.test/', role: 'router' as never }] }],
      ['an address that is too long', { endpoints: [{ name: 'a', url: `http://a.test/${'x'.repeat(2048)}` }] }],
      ['an empty promise', { endpoints: [{ name: 'a', url: 'http://a.test/', expectBody: '' }] }],
      ['an echo that is no yes or no', { endpoints: [{ name: 'a', url: 'http://a.test/', echo: 'yes' as never }] }],
      ['a certificate that is no text', { endpoints: [{ name: 'a', url: 'http://a.test/', ca: 7 as never }] }],
      ['an endpoint that is no object', { endpoints: ['http://a.test/'] as never }],
      ['an interval of no time', { intervalMs: 0 }],
      ['a fraction of a millisecond', { probeTimeoutMs: 0.5 }],
      ['a text for a number', { maxBackoffMs: '60' as never }],
      ['an endless deadline', { diagnosisDeadlineMs: Number.POSITIVE_INFINITY }],
      ['no name server', { dnsServers: [] }],
      ['a name server that is no address', { dnsServers: ['dns.test'] }],
      ['a setting that there is not', { intervalSeconds: 30 } as NetworkConnectivityOptions],
    ])('refuses %s', (_what, options) => {
      const error = refusal(options)
      expect(error).toMatchObject({ code: 'network.invalid_settings', fault: 'caller', retryable: false })
      expect(error.message).toMatch(/^Nätverkskontrollens inställningar är ogiltiga: \S.+Rätta dem och starta om\.$/)
    })

    it('takes any case, port and IPv6 that a URL may have', () => {
      const urls = [
        'HTTP://Backend.Test',
        'https://backend.test:8443/a/b?c=d#e',
        'http://[::1]:8080/',
        'https://räksmörgås.test/',
      ]
      const endpoints = urls.map((url, index) => ({ name: `endpoint ${index}`, url }))
      expect(() => create({ endpoints, dnsServers: ['127.0.0.1', '[::1]:5353'] })).not.toThrow()
    })
  })
}
