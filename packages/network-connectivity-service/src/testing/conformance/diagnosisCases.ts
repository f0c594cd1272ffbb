import { describe, expect, it } from 'vitest'

import type { Diagnosis } from '../../Diagnosis.ts'
import { FAILURE_LAYERS } from '../../FailureCode.ts'
import { LAYERS } from '../../Layer.ts'
import type { NetworkConnectivityOptions } from '../../NetworkConnectivityOptions.ts'
import { brokenNetworks } from '../brokenNetworks.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { answering, startHttpServer } from '../startHttpServer.ts'
import { startTcpServer } from '../startTcpServer.ts'
import { useService } from '../useService.ts'

export function diagnosisCases(create: CreateNetworkConnectivity): void {
  const diagnose = async (options: NetworkConnectivityOptions): Promise<Diagnosis> => {
    await using service = await useService(create(options))
    return service.diagnose()
  }

  describe('diagnose', () => {
    it('finds nothing wrong where everything works', async () => {
      await using server = await startHttpServer(answering(204))
      const report = await diagnose({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] })
      expect(report).toMatchObject({ verdict: 'ok', firstFailingLayer: null, code: null })
      expect(report.recommendation.sv).toContain('Nätverket fungerar')
      expect(report.layers.map(({ layer, outcome }) => [layer, outcome])).toEqual([
        ['interface', 'ok'],
        ['address', 'ok'],
        ['dns', 'ok'],
        ['tcp', 'ok'],
        ['tls', 'skipped'],
        ['backend', 'ok'],
      ])
      expect(report.layers.at(-1)?.evidence).toEqual(['api: HTTP 204'])
    })

    it('admits that it cannot tell when no endpoint is configured', async () => {
      const eth0 = [{ address: '192.0.2.7', internal: false }]
      const report = await diagnose({ interfaces: () => ({ eth0: eth0 as never }) })
      expect(report).toMatchObject({ verdict: 'unknown', firstFailingLayer: null, endpoints: [] })
      expect(report.recommendation.en).toContain('no server is set up')
    })

    it.each(brokenNetworks)('names the first failing layer: $name', async ({ start, code }) => {
      await using network = await start()
      const report = await diagnose({ diagnosisDeadlineMs: 300, ...network.options })
      expect(report).toMatchObject({ verdict: 'failed', firstFailingLayer: FAILURE_LAYERS[code], code })
      expectComplete(report)
    })

    it('ends at its deadline when everything hangs, however many endpoints there are', async () => {
      await using server = await startTcpServer()
      const endpoints = Array.from({ length: 20 }, (_, index) => ({
        name: `endpoint ${index}`,
        url: `http${index % 2 === 0 ? 's' : ''}://127.0.0.1:${server.port}/`,
      }))
      const report = await diagnose({ endpoints, diagnosisDeadlineMs: 200 })
      expect(report.firstFailingLayer).toBe('tls')
      expect(report.durationMs).toBeGreaterThanOrEqual(190)
      expect(report.durationMs).toBeLessThan(600)
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it('does not wait for probes when the machine has no link', async () => {
      await using server = await startTcpServer()
      const endpoints = [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }]
      const report = await diagnose({ endpoints, interfaces: () => ({}) })
      expect(report).toMatchObject({ firstFailingLayer: 'interface', endpoints: [] })
      expect(report.durationMs).toBeLessThan(200)
      expect(server.connections()).toBe(0)
    })

    it('goes on where the system does not show its interfaces', async () => {
      await using server = await startHttpServer(answering(204))
      const interfaces = () => {
        throw new Error('not permitted')
      }
      const report = await diagnose({
        endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }],
        interfaces,
      })
      expect(report.verdict).toBe('ok')
      expect(report.layers.slice(0, 2).map((layer) => layer.outcome)).toEqual(['skipped', 'skipped'])
    })

    it('shows no address of this machine and no query of a URL as evidence', async () => {
      await using server = await startHttpServer(answering(500))
      const url = `http://127.0.0.1:${server.port}/health?token=secret-value`
      const eth0 = [{ address: '192.0.2.7', internal: false }]
      const report = await diagnose({ endpoints: [{ name: 'api', url }], interfaces: () => ({ eth0: eth0 as never }) })
      expect(JSON.stringify(report)).not.toMatch(/secret-value|192\.0\.2\.7/)
    })

    it('is shared by callers at the same time', async () => {
      await using server = await startHttpServer(answering(204))
      await using service = await useService(
        create({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }),
      )
      await Promise.all(Array.from({ length: 50 }, () => service.diagnose()))
      expect(server.requests).toHaveLength(1)
    })
  })
}

/** Every layer has its line, and a person is told one thing to do in either language. */
function expectComplete(report: Diagnosis): void {
  expect(report.layers.map((layer) => layer.layer)).toEqual([...LAYERS])
  const first = report.layers.find((layer) => layer.outcome === 'failed')
  expect(first).toMatchObject({
    layer: report.firstFailingLayer,
    code: report.code,
    recommendation: report.recommendation,
  })
  expect(first?.evidence).not.toEqual([])
  const { sv, en } = report.recommendation
  expect(sv).toMatch(/^[A-ZÅÄÖ].{20,}\.$/)
  expect(en).toMatch(/^[A-Z].{20,}\.$/)
  expect(sv).not.toBe(en)
}
