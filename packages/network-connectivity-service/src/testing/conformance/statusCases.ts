import { describe, expect, it } from 'vitest'

import { NetworkStatus } from '../../NetworkStatus.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { findRefusedPort } from '../findRefusedPort.ts'
import { answering, startHttpServer } from '../startHttpServer.ts'
import { useService } from '../useService.ts'

const linked = { interfaces: () => ({ eth0: [{ address: '192.0.2.7', internal: false } as never] }) }

export function statusCases(create: CreateNetworkConnectivity): void {
  describe('getStatus and isOnline', () => {
    it('know the link at once, and nothing else before a probe', async () => {
      await using service = await useService(
        create({ ...linked, endpoints: [{ name: 'api', url: 'http://127.0.0.1:1/' }] }),
      )
      const status = await service.getStatus()
      expect(NetworkStatus.parse(status)).toEqual(status)
      expect(status).toMatchObject({
        link: { reachable: 'yes', cause: null },
        internet: { reachable: 'unknown', cause: null },
        backend: { reachable: 'unknown', cause: null },
        monitoring: false,
        checkedAt: null,
      })
      expect(await service.isOnline()).toBe(true)
    })

    it('give out snapshots that nobody can change', async () => {
      await using service = await useService(create(linked))
      const status = await service.getStatus()
      expect(Object.isFrozen(status)).toBe(true)
      expect(Object.isFrozen(status.backend)).toBe(true)
    })

    it('say why there is no link', async () => {
      await using service = await useService(create({ interfaces: () => ({}) }))
      expect((await service.getStatus()).link).toMatchObject({ reachable: 'no', cause: 'no_interface' })
      expect(await service.isOnline()).toBe(false)
    })

    it('need no more than the loopback for endpoints of this machine', async () => {
      const interfaces = () => ({ lo: [{ address: '127.0.0.1', internal: true } as never] })
      await using service = await useService(
        create({ interfaces, endpoints: [{ name: 'api', url: 'http://127.0.0.1:1/' }] }),
      )
      expect((await service.getStatus()).link.reachable).toBe('yes')
    })

    it('leave the internet and the backend unknown when nothing is configured, also after a check', async () => {
      await using service = await useService(create(linked))
      await service.checkBackend()
      expect(await service.getStatus()).toMatchObject({
        internet: { reachable: 'unknown' },
        backend: { reachable: 'unknown' },
        checkedAt: expect.any(String) as string,
      })
    })

    it('learn from checkBackend: up at the first success, down at the second failure', async () => {
      await using server = await startHttpServer(answering(204))
      await using service = await useService(
        create({ endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }] }),
      )
      await service.checkBackend()
      expect((await service.getStatus()).backend.reachable).toBe('yes')
      await server[Symbol.asyncDispose]()
      await service.checkBackend()
      expect((await service.getStatus()).backend.reachable).toBe('yes')
      await service.checkBackend()
      expect((await service.getStatus()).backend).toMatchObject({ reachable: 'no', cause: 'tcp_refused' })
      expect(await service.isOnline()).toBe(false)
    })

    it('need every backend endpoint, but any internet endpoint', async () => {
      await using server = await startHttpServer(answering(204))
      const [well, refused] = [`http://127.0.0.1:${server.port}/`, `http://127.0.0.1:${await findRefusedPort()}/`]
      const endpoints = [
        { name: 'api', url: well },
        { name: 'signalling', url: refused },
        { name: 'north', url: refused, role: 'internet' as const },
        { name: 'south', url: well, role: 'internet' as const },
      ]
      await using service = await useService(create({ endpoints }))
      await service.checkBackend()
      await service.checkBackend()
      expect(await service.getStatus()).toMatchObject({
        internet: { reachable: 'yes', cause: null },
        backend: { reachable: 'no', cause: 'tcp_refused' },
      })
      expect(await service.isOnline(), 'the backend counts most').toBe(false)
    })
  })
}
