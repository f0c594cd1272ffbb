import { describe, expect, it } from 'vitest'

import { checkOne } from '../checkOne.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { findRefusedPort } from '../findRefusedPort.ts'
import { answering, startHttpServer } from '../startHttpServer.ts'
import { startTcpServer } from '../startTcpServer.ts'
import { useService } from '../useService.ts'

export function probeCases(create: CreateNetworkConnectivity): void {
  const check = checkOne(create)

  describe('checkBackend', () => {
    it('reports what answered, its status and the time of each step', async () => {
      await using server = await startHttpServer(answering(204))
      const found = await check({ url: `http://127.0.0.1:${server.port}/health` })
      expect(found).toMatchObject({
        endpoint: 'api',
        role: 'backend',
        reachable: true,
        statusCode: 204,
        errorCode: null,
      })
      expect(found.steps.map(({ layer, ok }) => [layer, ok])).toEqual([
        ['dns', true],
        ['tcp', true],
        ['backend', true],
      ])
      const sumMs = found.steps.reduce((sum, step) => sum + step.durationMs, 0)
      expect(found.durationMs).toBeGreaterThan(0)
      expect(sumMs).toBeLessThanOrEqual(found.durationMs)
    })

    it('asks by GET on a connection of its own, with a nonce that is new each time and the query as configured', async () => {
      await using server = await startHttpServer(answering(204))
      await using service = await useService(
        create({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/health?a=1&b=%C3%A5` }] }),
      )
      await service.checkBackend()
      await service.checkBackend()
      const [first, second] = server.requests.map((request) => new URL(request.url ?? '', 'http://x'))
      expect(server.requests.map((request) => request.method)).toEqual(['GET', 'GET'])
      expect(first?.pathname).toBe('/health')
      expect(first?.search).toMatch(/^\?a=1&b=%C3%A5&nonce=[\w-]{16,}$/)
      expect(first?.searchParams.get('nonce')).not.toBe(second?.searchParams.get('nonce'))
      expect(server.requests[0]?.headers).toMatchObject({
        host: `127.0.0.1:${server.port}`,
        'cache-control': 'no-store',
      })
      expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
      expect(server.connections()).toBe(2)
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it('answers with an empty list when nothing is configured', async () => {
      await using service = await useService(create({}))
      expect((await service.checkBackend()).endpoints).toEqual([])
    })

    it('says that a port is refused', async () => {
      const found = await check({ url: `http://127.0.0.1:${await findRefusedPort()}/` })
      expect(found).toMatchObject({ reachable: false, statusCode: null, errorCode: 'tcp_refused' })
      expect(found.steps.at(-1)).toMatchObject({ layer: 'tcp', ok: false, evidence: 'ECONNREFUSED' })
    })

    it('says that a server that accepts never answers, when its time is up', async () => {
      await using server = await startTcpServer()
      const found = await check({ url: `http://127.0.0.1:${server.port}/` }, { probeTimeoutMs: 100 })
      expect(found).toMatchObject({ reachable: false, errorCode: 'backend_timed_out' })
      expect(found.durationMs).toBeGreaterThanOrEqual(95)
      expect(found.durationMs).toBeLessThan(1_000)
    })

    it('counts a 500 as not reachable, with its status', async () => {
      await using server = await startHttpServer(answering(500))
      const found = await check({ url: `http://127.0.0.1:${server.port}/` })
      expect(found).toMatchObject({ reachable: false, statusCode: 500, errorCode: 'backend_status' })
    })

    it('follows no redirect: it may be a login page', async () => {
      await using elsewhere = await startHttpServer(answering(200))
      await using server = await startHttpServer(answering(302, { location: `http://127.0.0.1:${elsewhere.port}/` }))
      const found = await check({ url: `http://127.0.0.1:${server.port}/` })
      expect(found).toMatchObject({ reachable: false, statusCode: 302, errorCode: 'portal_suspected' })
      expect(elsewhere.requests).toHaveLength(0)
    })

    it('knows the status of a captive portal (511)', async () => {
      await using server = await startHttpServer(answering(511))
      expect((await check({ url: `http://127.0.0.1:${server.port}/` })).errorCode).toBe('portal_suspected')
    })

    it('takes a body other than the promised one for a captive portal', async () => {
      await using server = await startHttpServer(answering(200, {}, '<h1>Logga in</h1>'))
      const url = `http://127.0.0.1:${server.port}/`
      expect(await check({ url, expectBody: 'gradvis ok' })).toMatchObject({
        reachable: false,
        statusCode: 200,
        errorCode: 'portal_suspected',
      })
      expect((await check({ url, expectBody: 'Logga in' })).reachable).toBe(true)
    })

    it('believes an endpoint that echoes the nonce, and no other', async () => {
      await using echo = await startHttpServer((request, response) => response.end(`you asked ${request.url}`))
      await using portal = await startHttpServer(answering(200, {}, 'welcome'))
      expect((await check({ url: `http://127.0.0.1:${echo.port}/`, echo: true })).reachable).toBe(true)
      expect((await check({ url: `http://127.0.0.1:${portal.port}/`, echo: true })).errorCode).toBe('portal_suspected')
    })

    it('reads no more of an endless body than it needs', async () => {
      await using server = await startHttpServer((_request, response) => {
        const more = () => {
          while (response.write('x'.repeat(4096)));
        }
        response.on('drain', more)
        more()
      })
      const found = await check({ url: `http://127.0.0.1:${server.port}/`, expectBody: 'never' })
      expect(found.errorCode).toBe('portal_suspected')
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it('does not wait for a body that it does not need', async () => {
      await using server = await startHttpServer(
        (_request, response) => void response.writeHead(200).write('to be continued'),
      )
      expect((await check({ url: `http://127.0.0.1:${server.port}/` })).reachable).toBe(true)
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it('survives a body that stops in the middle', async () => {
      await using server = await startHttpServer((_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half')
        setImmediate(() => response.destroy())
      })
      expect((await check({ url: `http://127.0.0.1:${server.port}/`, expectBody: 'whole' })).errorCode).toBe(
        'backend_failed',
      )
    })

    it('survives garbage in the place of HTTP, and a connection that is cut', async () => {
      await using garbage = await startTcpServer((socket) => socket.end('\0\0\0 no http\r\n\r\n'))
      await using cut = await startTcpServer((socket) => socket.on('data', () => socket.resetAndDestroy()))
      expect((await check({ url: `http://127.0.0.1:${garbage.port}/` })).errorCode).toBe('backend_failed')
      await using shut = await startTcpServer((socket) => socket.resetAndDestroy())
      expect((await check({ url: `http://127.0.0.1:${cut.port}/` })).errorCode).toBe('backend_failed')
      expect((await check({ url: `https://127.0.0.1:${cut.port}/` })).errorCode).toBe('tls_failed')
      expect((await check({ url: `http://127.0.0.1:${shut.port}/` })).reachable).toBe(false)
      expect((await check({ url: `https://127.0.0.1:${shut.port}/` })).reachable).toBe(false)
    })

    it.each([
      ['a switch to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
      ['headers without end', `HTTP/1.1 200 OK\r\n${'x-more: yes\r\n'.repeat(5_000)}`],
      ['headers that stop in the middle', 'HTTP/1.1 200 OK\r\nx-more'],
      ['only provisional answers', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)],
    ])('ends in its time with %s', async (_what, answer) => {
      await using server = await startTcpServer((socket) => socket.on('data', () => socket.write(answer)))
      const found = await check({ url: `http://127.0.0.1:${server.port}/` }, { probeTimeoutMs: 200 })
      expect(found).toMatchObject({ reachable: false, statusCode: null })
      expect(found.errorCode).toMatch(/^backend_(failed|timed_out)$/)
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it('reaches a host by name', async () => {
      await using server = await startHttpServer(answering(204))
      expect((await check({ url: `http://localhost:${server.port}/` })).reachable).toBe(true)
    })

    it('shares one round among callers at the same time', async () => {
      await using server = await startHttpServer(answering(204))
      await using service = await useService(
        create({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }),
      )
      const answers = await Promise.all(Array.from({ length: 200 }, () => service.checkBackend()))
      expect(server.requests).toHaveLength(1)
      expect(new Set(answers.map((answer) => answer.checkedAt)).size).toBe(1)
    })

    it('keeps the order of the configuration and probes in parallel', async () => {
      await using silent = await startTcpServer()
      await using well = await startHttpServer(answering(204))
      const [a, b] = [`http://127.0.0.1:${silent.port}/`, `http://127.0.0.1:${well.port}/`]
      const endpoints = [a, b, a, b].map((url, index) => ({ name: `endpoint ${index}`, url }))
      await using service = await useService(create({ endpoints, probeTimeoutMs: 300 }))
      const startedMs = performance.now()
      const { endpoints: found } = await service.checkBackend()
      expect(found.map((one) => [one.endpoint, one.reachable])).toEqual([
        ['endpoint 0', false],
        ['endpoint 1', true],
        ['endpoint 2', false],
        ['endpoint 3', true],
      ])
      expect(performance.now() - startedMs).toBeLessThan(590)
    })

    it('reports its progress, to the end', async () => {
      await using server = await startHttpServer(answering(204))
      await using service = await useService(
        create({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }),
      )
      const seen: string[] = []
      await service.checkBackend({}, { onProgress: ({ done, total, unit }) => seen.push(`${done}/${total} ${unit}`) })
      expect(seen).toEqual(['0/1 items', '1/1 items'])
    })

    it('is not stopped by somebody who cannot bear its progress', async () => {
      await using service = await useService(create({}))
      const onProgress = () => {
        throw new Error('a listener that throws')
      }
      await expect(service.checkBackend({}, { onProgress })).resolves.toMatchObject({ endpoints: [] })
      await expect(service.diagnose({}, { onProgress })).resolves.toMatchObject({ endpoints: [] })
    })
  })
}
