import { isServiceError } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { createMonitoringIntent } from '../../MonitoringIntent.ts'
import { networkConnectivityContract, type NetworkConnectivityService } from '../../networkConnectivityContract.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { startTcpServer } from '../startTcpServer.ts'
import { useService } from '../useService.ts'

type Operation = keyof NetworkConnectivityService
const OPERATIONS = Object.keys(networkConnectivityContract.operations) as Operation[]

const call = (service: NetworkConnectivityService, operation: Operation, input: unknown, signal?: AbortSignal) =>
  (service[operation] as (input: unknown, options: { signal?: AbortSignal }) => Promise<unknown>)(
    input,
    signal ? { signal } : {},
  )

const inputOf = (operation: Operation) => (operation === 'subscribe' ? { listener: () => {} } : undefined)

export function lifecycleCases(create: CreateNetworkConnectivity): void {
  describe('lifecycle', () => {
    it.each(OPERATIONS)('%s is refused before the start and after the stop', async (operation) => {
      const service = create({})
      await expect(call(service, operation, inputOf(operation))).rejects.toMatchObject({ code: 'service.not_running' })
      await service.start()
      await expect(call(service, operation, inputOf(operation))).resolves.toBeDefined()
      await service.stop()
      await expect(call(service, operation, inputOf(operation))).rejects.toMatchObject({
        code: 'service.not_running',
        message: expect.stringContaining('är inte igång') as string,
      })
    })

    it('starts and stops once, however often it is asked', async () => {
      const service = create({})
      await Promise.all([service.start(), service.start()])
      await Promise.all([service.stop(), service.stop()])
      await service.stop()
      await expect(service.getStatus()).rejects.toMatchObject({ code: 'service.not_running' })
    })

    it('may be stopped without ever having been started', async () => {
      const service = create({})
      await service.stop()
      await expect(service.start()).rejects.toMatchObject({ code: 'service.not_running' })
      await expect(service.getStatus()).rejects.toMatchObject({ code: 'service.not_running' })
    })

    it('lets the calls in flight finish before it stops', async () => {
      await using server = await startTcpServer()
      const service = create({
        endpoints: [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }],
        probeTimeoutMs: 150,
      })
      await service.start()
      const checking = service.checkBackend()
      await service.stop()
      expect((await checking).endpoints[0]?.errorCode).toBe('backend_timed_out')
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it('gives up after 30 seconds on calls that do not end', async () => {
      await using server = await startTcpServer()
      const clock = new ManualClock()
      const endpoints = [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }]
      const service = create({ endpoints, probeTimeoutMs: 60_000 }, { clock })
      await service.start()
      const refusal = service.checkBackend().catch((error: unknown) => error)
      await expect.poll(() => server.openConnections()).toBe(1)
      const stopping = service.stop()
      clock.advance(30_000)
      expect(await refusal).toMatchObject({ code: 'service.not_running' })
      await stopping
      await expect.poll(() => server.openConnections()).toBe(0)
      expect(clock.pendingTimers).toBe(0)
    })

    it('goes on monitoring where that is wanted when it starts', async () => {
      const monitoring = createMonitoringIntent()
      monitoring.set(true)
      await using service = await useService(create({ monitoring }))
      expect((await service.getStatus()).monitoring).toBe(true)
      monitoring.set(false)
      expect((await service.getStatus()).monitoring).toBe(false)
    })

    it('does not start when the start was aborted', async () => {
      const service = create({})
      await expect(service.start(AbortSignal.abort(new Error('never mind')))).rejects.toMatchObject({
        code: 'service.cancelled',
      })
      await expect(service.getStatus()).rejects.toMatchObject({ code: 'service.not_running' })
      await service.stop()
    })

    it('says how many bytes it holds', () => {
      expect(create({}).reportBytes()).toBeGreaterThanOrEqual(0)
    })
  })

  describe('input', () => {
    it.each(OPERATIONS)(
      '%s refuses what it does not know, in Swedish, by the fault of the caller',
      async (operation) => {
        await using service = await useService(create({}))
        const failure: unknown = await call(service, operation, { unheardOf: 1 }).catch((error: unknown) => error)
        expect(isServiceError(failure)).toBe(true)
        expect(failure).toMatchObject({
          code: 'service.invalid_input',
          fault: 'caller',
          message: expect.stringContaining(`Ogiltiga uppgifter till NetworkConnectivityService.${operation}`) as string,
        })
      },
    )

    it.each([undefined, {}, { listener: 'no function' }])('subscribe needs a listener: %j', async (input) => {
      await using service = await useService(create({}))
      await expect(call(service, 'subscribe', input)).rejects.toMatchObject({ code: 'service.invalid_input' })
    })
  })

  describe('cancellation', () => {
    it.each(OPERATIONS)('%s does nothing when it was cancelled beforehand', async (operation) => {
      await using service = await useService(create({}))
      await expect(call(service, operation, inputOf(operation), AbortSignal.abort())).rejects.toMatchObject({
        code: 'service.cancelled',
        fault: 'caller',
        message: expect.stringContaining('avbröts') as string,
      })
      expect((await service.getStatus()).monitoring).toBe(false)
    })

    it.each(['checkBackend', 'diagnose'] as const)('%s lets go of its connections at once', async (operation) => {
      await using server = await startTcpServer()
      const endpoints = [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }]
      await using service = await useService(create({ endpoints, probeTimeoutMs: 60_000, diagnosisDeadlineMs: 60_000 }))
      const caller = new AbortController()
      const calling = call(service, operation, undefined, caller.signal)
      await expect.poll(() => server.openConnections()).toBe(1)
      caller.abort()
      await expect(calling).rejects.toMatchObject({ code: 'service.cancelled' })
      await expect.poll(() => server.openConnections()).toBe(0)
    })

    it.each(['checkBackend', 'diagnose'] as const)('%s goes on for those who still wait', async (operation) => {
      await using server = await startTcpServer()
      const endpoints = [{ name: 'api', url: `http://127.0.0.1:${server.port}/` }]
      await using service = await useService(create({ endpoints, probeTimeoutMs: 200, diagnosisDeadlineMs: 200 }))
      const caller = new AbortController()
      const [leaving, staying] = [
        call(service, operation, undefined, caller.signal),
        call(service, operation, undefined),
      ]
      await expect.poll(() => server.openConnections()).toBe(1)
      caller.abort()
      await expect(leaving).rejects.toMatchObject({ code: 'service.cancelled' })
      await expect(staying).resolves.toMatchObject({ endpoints: [{ errorCode: 'backend_timed_out' }] })
      expect(server.connections()).toBe(1)
    })
  })
}
