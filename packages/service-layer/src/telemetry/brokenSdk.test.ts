import { BackupService } from '@gradvis/backup-service'
import { type Context, context, metrics, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it } from 'vitest'

import { createTestServiceLayer } from '../testing/createTestServiceLayer.ts'
import { registerOpenTelemetry } from '../testing/openTelemetry.ts'
import { WindowMetrics } from './WindowMetrics.ts'

let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
})

const fail = (): never => {
  throw new Error('broken SDK')
}

/** A context manager that fails before the work, or after it. */
function breakContext(moment: 'before' | 'after'): void {
  context.disable()
  context.setGlobalContextManager({
    active: () => ROOT_CONTEXT,
    with(_context: Context, work: () => unknown) {
      if (moment === 'after') work()
      return fail()
    },
    bind: (_context: Context, target: unknown) => target,
    enable: () => {},
    disable: () => {},
  } as never)
}

function breakMeters(provider: object): void {
  metrics.disable()
  metrics.setGlobalMeterProvider(provider as never)
}

const BREAKS: Readonly<Record<string, () => unknown>> = {
  'has no tracer': () => {
    trace.disable()
    trace.setGlobalTracerProvider({ getTracer: fail })
  },
  'has no context before the work': () => breakContext('before'),
  'has no context after the work': () => breakContext('after'),
  'has no meter': () => breakMeters({ getMeter: fail }),
  'has no instruments': () => breakMeters({ getMeter: () => ({ createObservableGauge: fail }) }),
}

describe('an SDK that fails', () => {
  it.each(Object.entries(BREAKS))('costs a call nothing and has it made once when it %s', async (_how, breakIt) => {
    stop = registerOpenTelemetry().stop
    await using layer = await createTestServiceLayer()
    breakIt()
    const calls: string[] = []
    // Legacy's own answer would be another.
    const listBackups = async () => {
      calls.push('migrated')
      return { backups: [], unreadableCount: 7 }
    }
    using _migrated = layer.swap(BackupService, { listBackups })
    for (let call = 0; call < 2; call++)
      expect(await layer.get(BackupService).listBackups({})).toMatchObject({ unreadableCount: 7 })
    expect(calls).toEqual(['migrated', 'migrated'])
  })

  it('hears the service out that fails itself', async () => {
    stop = registerOpenTelemetry().stop
    await using layer = await createTestServiceLayer()
    const calls: string[] = []
    const listBackups = () => {
      calls.push('call')
      return fail()
    }
    using _migrated = layer.swap(BackupService, { listBackups })
    expect(await layer.get(BackupService).listBackups({})).toMatchObject({ backups: [] })
    expect(calls).toEqual(['call'])
  })

  it('costs no window when it cannot let go of what it had', () => {
    const percentages = () => ({})
    const instrument = { add: () => {}, record: () => {} }
    const create = () => instrument
    const working = {
      createCounter: create,
      createGauge: create,
      createObservableGauge: create,
      addBatchObservableCallback: () => {},
      removeBatchObservableCallback: fail,
    }
    const windows = new WindowMetrics({ percentages })
    breakMeters({ getMeter: () => working })
    expect(windows.isListenedTo).toBe(true)
    breakMeters({ getMeter: () => ({ ...working }) })
    expect(windows.isListenedTo).toBe(true)
    expect(() => windows.stop()).not.toThrow()
    for (const provider of [{ getMeter: fail }, { getMeter: () => ({ createObservableGauge: fail }) }]) {
      breakMeters(provider)
      expect(() => windows.add([])).not.toThrow()
    }
    metrics.disable()
    expect(windows.isListenedTo).toBe(false)
  })
})
