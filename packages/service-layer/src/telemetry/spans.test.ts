import { BackupService } from '@gradvis/backup-service'
import { ServiceError } from '@gradvis/kernel'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createPinoLogger } from '../createPinoLogger.ts'
import type { ServiceLayerOptions } from '../createServiceLayer.ts'
import type { ServiceLayer } from '../ServiceLayer.ts'
import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'
import { registerOpenTelemetry } from '../testing/openTelemetry.ts'

const fault = new ServiceError('test.broken', { fault: 'service', retryable: false, sv: 'trasig', en: 'broken' })
const refusal = new ServiceError('test.refused', { fault: 'caller', retryable: false, sv: 'nekad', en: 'refused' })

let sdk: ReturnType<typeof registerOpenTelemetry>
const layers: ServiceLayer[] = []
beforeEach(() => {
  sdk = registerOpenTelemetry()
})
afterEach(async () => {
  for (const layer of layers.splice(0)) await layer.stop()
  await sdk.stop()
})

async function createLayer(overrides: Partial<ServiceLayerOptions> = {}): Promise<ServiceLayer> {
  const layer = await createTestServiceLayer(overrides)
  layers.push(layer)
  return layer
}

/** Nine digits with the checksum of a personnummer; a day above 60 makes it a samordningsnummer. */
function personnummerOf(digits: string): string {
  const doubled = digits.split('').map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
  const sum = doubled.reduce((total, value) => total + Math.floor(value / 10) + (value % 10), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const listed = { backups: [] } as never

describe('a span of an operation', () => {
  it('is named after it and says what was decided, why, and which side served', async () => {
    const layer = await createLayer()
    await layer.runAs('subject-1', () => layer.get(BackupService).listBackups({}))
    using _ = layer.pin(BackupService, 'legacy')
    await layer.runAs('subject-1', () => layer.get(BackupService).listBackups({}))
    const [migrated, legacy] = sdk.spans()
    expect(migrated).toMatchObject({ name: 'BackupService.listBackups', kind: SpanKind.INTERNAL })
    expect(migrated?.attributes).toMatchObject({
      'feature_flag.key': 'BackupService',
      'feature_flag.provider.name': 'gradvis',
      'feature_flag.result.variant': 'migrated',
      'feature_flag.result.reason': 'static',
      'gradvis.decision.reason': 'ENVIRONMENT',
      'gradvis.implementation': 'migrated',
      'gradvis.operation.kind': 'read',
      'gradvis.operation.role': 'primary',
      'gradvis.outcome': 'ok',
      'gradvis.attempts': 1,
      'gradvis.cache.hit': false,
      'gradvis.rescued': false,
    })
    expect(migrated?.status.code).toBe(SpanStatusCode.UNSET)
    expect(legacy?.attributes).toMatchObject({
      'feature_flag.result.variant': 'legacy',
      'gradvis.decision.reason': 'OVERRIDE',
      'gradvis.implementation': 'legacy',
    })
  })

  it('has the rescue as its child, which is marked as one, and is itself an error', async () => {
    const layer = await createLayer()
    using _ = layer.swap(BackupService, { listBackups: () => Promise.reject(fault) })
    await layer.get(BackupService).listBackups({})
    const [rescue, failed] = sdk.spans()
    expect(failed?.attributes).toMatchObject({ 'error.type': 'test.broken', 'gradvis.rescued': true })
    expect(failed?.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(rescue?.attributes).toMatchObject({
      'gradvis.operation.role': 'rescue',
      'gradvis.implementation': 'legacy',
      'feature_flag.result.variant': 'migrated',
    })
    expect(rescue?.parentSpanContext?.spanId).toBe(failed?.spanContext().spanId)
  })

  it('is no error where the caller was at fault, but has the code', async () => {
    const layer = await createLayer()
    using _ = layer.swap(BackupService, { listBackups: () => Promise.reject(refusal) })
    await expect(layer.get(BackupService).listBackups({})).rejects.toBe(refusal)
    const [span] = sdk.spans()
    expect(span?.attributes).toMatchObject({ 'error.type': 'test.refused', 'gradvis.outcome': 'refused' })
    expect(span?.status.code).toBe(SpanStatusCode.UNSET)
  })

  it('lies under the caller’s span and over those of the operation, within the scope of the subject', async () => {
    const layer = await createLayer()
    const tracer = trace.getTracer('application')
    const inner: unknown[] = []
    using _ = layer.swap(BackupService, {
      listBackups: async () => {
        await Promise.resolve()
        inner.push(layer.explain(BackupService).decision.reason)
        tracer.startSpan('library').end()
        return listed
      },
    })
    await tracer.startActiveSpan('request', async (request) => {
      await layer.runAs('subject-1', () => layer.get(BackupService).listBackups({}))
      request.end()
    })
    const [library, operation, request] = sdk.spans()
    expect([library?.name, operation?.name, request?.name]).toEqual(['library', 'BackupService.listBackups', 'request'])
    expect(library?.parentSpanContext?.spanId).toBe(operation?.spanContext().spanId)
    expect(operation?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
    expect(inner).toEqual(['OVERRIDE'])
  })

  it('is of the opening, where the operation opens a session', async () => {
    const layer = await createLayer()
    const session = await layer.get(NetworkConnectivityService).subscribe({ listener: () => {} })
    await session.close()
    expect(sdk.spans().map(({ name, attributes }) => [name, attributes['gradvis.operation.kind']])).toEqual([
      ['NetworkConnectivityService.subscribe', 'session'],
    ])
  })

  it('holds nothing of the subject and nothing of what the operation was given or failed with', async () => {
    const layer = await createLayer()
    const subject = personnummerOf('900191999')
    const words = new ServiceError('test.broken', {
      fault: 'service',
      retryable: false,
      sv: `trasig för ${subject}`,
      en: `broken for ${subject}`,
    })
    using _ = layer.swap(BackupService, { listBackups: () => Promise.reject(words) })
    await layer.runAs(subject, () => layer.get(BackupService).listBackups({ subject }))
    const told = sdk
      .spans()
      .map(({ name, attributes, events, status, links }) => ({ name, attributes, events, status, links }))
    expect(told).toHaveLength(2)
    expect(JSON.stringify(told)).not.toContain(subject)
  })

  it('begins with the next call when an SDK is registered later, and ends with the last before it is gone', async () => {
    await sdk.stop()
    const layer = await createLayer()
    await layer.get(BackupService).listBackups({})
    sdk = registerOpenTelemetry()
    await layer.get(BackupService).listBackups({})
    expect(sdk.spans()).toHaveLength(1)
    trace.disable()
    await layer.get(BackupService).listBackups({})
    expect(sdk.spans()).toHaveLength(1)
  })

  it('costs the call nothing when the SDK fails', async () => {
    const layer = await createLayer()
    trace.disable()
    const startSpan = () => {
      throw new Error('broken SDK')
    }
    trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan: startSpan }) })
    expect(await layer.get(BackupService).listBackups({})).toMatchObject({ backups: [] })
  })
})

describe('a log line', () => {
  it('carries the ids of the span that it was written in, and none outside', async () => {
    const lines: Record<string, unknown>[] = []
    const logger = createPinoLogger({
      destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    })
    const layer = await createLayer()
    using _ = layer.swap(BackupService, {
      listBackups: async () => {
        logger.info('inside', { a: 1 })
        return listed
      },
    })
    await layer.get(BackupService).listBackups({})
    logger.info('outside', { a: 1 })
    const [span] = sdk.spans()
    const { traceId, spanId } = span!.spanContext()
    expect(lines[0]).toMatchObject({ msg: 'inside', a: 1, trace_id: traceId, span_id: spanId, trace_flags: '01' })
    expect(Object.keys(lines[1] ?? {})).toEqual(['level', 'time', 'a', 'msg'])
  })
})
