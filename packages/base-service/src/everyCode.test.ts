import { ManualClock, messageProblems, type Provocation } from '@gradvis/kernel/testing'
import { ConsentRegister } from '@gradvis/privacy'
import { describe, expect, it } from 'vitest'

import { LIFECYCLE_STATE_NAMES } from './LifecycleState.ts'
import { requireKind } from './media/MediaConstraints.ts'
import { mediaErrors } from './media/mediaErrors.ts'
import { requireConsent } from './media/requireConsent.ts'
import { toMediaError } from './media/toMediaError.ts'
import { notRunning } from './notRunning.ts'
import { serviceErrors } from './serviceErrors.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { ProbeService, untilAborted } from './testing/ProbeService.ts'

type Script = Parameters<typeof ProbeService.started>[1]

const started = (script?: Script) => ProbeService.started(createTestContext({ clock: new ManualClock() }), script)

/** What a browser rejects `getUserMedia` with. */
const denied = (name: string) => () => {
  const error = toMediaError(new DOMException('as the browser puts it', name))
  if (error) throw error
}

const CASES: Readonly<Record<string, Provocation>> = {
  'service.invalid_input': async () => (await started()).ask(7 as never),
  'service.invalid_output': async () => (await started({ ask: async () => 7 as never })).ask('x'),
  'service.cancelled': async () => (await started()).ask('x', { signal: AbortSignal.abort() }),
  'service.timed_out': async () => {
    const policy = { timeoutMs: 5 }
    const ask = async (_input: string, { signal }: { signal: AbortSignal }) => untilAborted(signal)
    return (await ProbeService.started(createTestContext(), { ask, policy })).ask('x')
  },
  'service.unavailable': async () => {
    const service = await started({
      ask: () => Promise.reject(failures.create('broken', {})),
      policy: { breaker: 'depot' },
    })
    for (let call = 0; call < 5; call += 1) await Promise.allSettled([service.ask('x')])
    return service.ask('x')
  },
  'service.overloaded': async () => {
    const service = await started({
      ask: async (_input, { signal }) => untilAborted(signal),
      policy: { bulkhead: { concurrent: 1, queued: 0 } },
    })
    const cancel = new AbortController()
    const first = Promise.allSettled([service.ask('x', { signal: cancel.signal })])
    const [second] = await Promise.allSettled([service.ask('y')])
    cancel.abort()
    await first
    if (second.status === 'rejected') throw second.reason
  },
  'service.not_running': () => new ProbeService(createTestContext()).ask('x'),
  'service.unexpected': async () => (await started({ ask: () => Promise.reject(new Error('a defect')) })).ask('x'),
  'media.consent_missing': () => {
    const consents = new ConsentRegister({ clock: new ManualClock(), onListenerError: () => {} })
    return requireConsent(consents, ['one'], 'recording')
  },
  'media.video_not_requested': () => requireKind({ audio: true, video: false }, 'video'),
  'media.permission_denied': denied('NotAllowedError'),
  'media.device_not_found': denied('NotFoundError'),
  'media.device_busy': denied('NotReadableError'),
}

const CATALOG = { ...serviceErrors.catalog, ...mediaErrors.catalog }

describe('every code of any service and any media service, provoked', () => {
  it.each(Object.keys(CATALOG))('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], CATALOG)).toEqual([])
  })

  it.each(Object.keys(LIFECYCLE_STATE_NAMES))('a service that is %s says so in both languages', async (state) => {
    const provoke = () => Promise.reject(notRunning('ProbeService', state as keyof typeof LIFECYCLE_STATE_NAMES))
    expect(await messageProblems('service.not_running', provoke, CATALOG)).toEqual([])
  })
})
