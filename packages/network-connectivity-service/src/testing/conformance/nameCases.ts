import { describe, expect, it } from 'vitest'

import { checkOne } from '../checkOne.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { findRefusedPort } from '../findRefusedPort.ts'
import { startDnsServer } from '../startDnsServer.ts'
import { answering, startHttpServer } from '../startHttpServer.ts'
import { useService } from '../useService.ts'

export function nameCases(create: CreateNetworkConnectivity): void {
  const check = checkOne(create)

  describe('checkBackend and the name service', () => {
    it.each([
      ['NXDOMAIN', 'dns_not_found'],
      ['SERVFAIL', 'dns_failed'],
      ['silence', 'dns_timed_out'],
    ] as const)('tells %s apart', async (behaviour, code) => {
      await using dns = await startDnsServer(behaviour)
      const found = await check({ url: 'http://backend.test/' }, { dnsServers: [dns.address], probeTimeoutMs: 200 })
      expect(found).toMatchObject({ reachable: false, errorCode: code })
      expect(found.steps.map((step) => step.layer)).toEqual(['dns'])
      expect(found.durationMs).toBeLessThan(1_000)
    })

    it('goes where the configured name server says', async () => {
      await using dns = await startDnsServer('127.0.0.1')
      await using server = await startHttpServer(answering(204))
      const found = await check({ url: `http://backend.test:${server.port}/` }, { dnsServers: [dns.address] })
      expect(found.reachable).toBe(true)
      expect(server.requests[0]?.headers.host).toBe(`backend.test:${server.port}`)
    })

    it('does not wait for an IPv6 answer that never comes', async () => {
      await using dns = await startDnsServer('127.0.0.1 only')
      await using server = await startHttpServer(answering(204))
      const found = await check(
        { url: `http://backend.test:${server.port}/` },
        { dnsServers: [dns.address], probeTimeoutMs: 5_000 },
      )
      expect(found.reachable).toBe(true)
      expect(found.durationMs).toBeLessThan(1_000)
    })

    it('finds no name that cannot exist, whatever the name servers of the system are', async () => {
      const found = await check({ url: 'http://backend.invalid/' }, { probeTimeoutMs: 1_000 })
      expect(found).toMatchObject({ reachable: false, steps: [{ layer: 'dns', ok: false }] })
    })

    it('keeps names of this machine to itself', async () => {
      await using dns = await startDnsServer('NXDOMAIN')
      await using server = await startHttpServer(answering(204))
      const found = await check({ url: `http://app.localhost:${server.port}/` }, { dnsServers: [dns.address] })
      expect(found.reachable).toBe(true)
    })

    it('stops asking at once when it is cancelled', async () => {
      await using dns = await startDnsServer('silence')
      const endpoints = [{ name: 'api', url: 'http://backend.test/' }]
      await using service = await useService(
        create({ endpoints, dnsServers: [dns.address], probeTimeoutMs: 60_000, interfaces: () => ({}) }),
      )
      const caller = new AbortController()
      const startedMs = performance.now()
      const checking = service.checkBackend({}, { signal: caller.signal })
      setImmediate(() => caller.abort())
      await expect(checking).rejects.toMatchObject({ code: 'service.cancelled' })
      expect(performance.now() - startedMs).toBeLessThan(1_000)
    })

    it('says that a name server that is not there failed', async () => {
      const port = await findRefusedPort()
      const found = await check({ url: 'http://backend.test/' }, { dnsServers: [`127.0.0.1:${port}`] })
      expect(found.steps[0]).toMatchObject({ layer: 'dns', ok: false })
    })
  })
}
